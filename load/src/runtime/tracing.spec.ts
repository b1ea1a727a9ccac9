import type { TraceSpan } from '../tracing/trace-span.js';
import { Tracing } from './tracing.js';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-(0[01])$/;

describe('traces of operations', () => {
  it('give every call a context of its own in one trace, though nobody takes the spans', () => {
    const trace = new Tracing().operation('sign-unep');
    const [first, second] = [trace.call('a'), trace.call('b')].map(({ traceparent }) => TRACEPARENT.exec(traceparent)!);
    expect([first![1], second![1], first![3]]).toEqual([trace.traceId, trace.traceId, '01']);
    expect(first![2]).not.toBe(second![2]);
  });

  it('ask those who are called to record nothing when the operation is left out', () => {
    const trace = new Tracing({ share: 0 }).operation('sign-unep');
    expect(TRACEPARENT.exec(trace.call('a').traceparent)![3]).toBe('00');
  });

  it('reach the sink with their spans when there is one', () => {
    const seen: TraceSpan[] = [];
    const sink = {
      begin: () => undefined,
      concerns: () => undefined,
      add: (spans: readonly TraceSpan[]) => seen.push(...spans),
    };
    const trace = new Tracing({ sink }).operation('sign-unep');
    const call = trace.call('a');
    call.end('broken');
    trace.end();
    const [child, root] = seen;
    expect([child!.name, child!.parentId, child!.error, root!.spanId]).toEqual([
      'a',
      root!.spanId,
      'broken',
      child!.parentId,
    ]);
    expect(TRACEPARENT.exec(call.traceparent)!.slice(1)).toEqual([trace.traceId, child!.spanId, '01']);
  });
});
