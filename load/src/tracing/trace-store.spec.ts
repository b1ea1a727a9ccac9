import { idOf, spansOf, traceIdOf, type SpanRow } from '../../test/trace-fixture.js';
import { STORE_LIMITS, TraceStore } from './trace-store.js';
import { LOAD_SERVICE, type TraceSpan } from './trace-span.js';

const SMS = 'sms-gateway-stub';
const NOW = 1_000_000;

/** The generator's own spans of an operation: it asks for a code at `askMs` and ends at `endMs`. */
function operationRows(name: string, endMs: number, askMs: number, subject: string): SpanRow[] {
  const attributes = { 'poligon.step': 1, 'poligon.stage': 'hold', 'poligon.subject': subject };
  return [
    [1, undefined, LOAD_SERVICE, name, 'internal', 0, endMs, attributes],
    [2, 1, LOAD_SERVICE, 'ask', 'client', askMs, askMs + 20],
  ];
}

class Run {
  readonly store: TraceStore;
  private next = 1;

  constructor(limits = STORE_LIMITS) {
    this.store = new TraceStore(limits);
  }

  /** Runs one operation at `atMs` for a person; gives its trace id. */
  operation(name: string, atMs: number, { endMs = 100, askMs = 10, subject = 'person:7' } = {}): string {
    const traceId = traceIdOf(this.next++);
    this.store.begin(traceId, name, NOW + atMs);
    this.store.concerns(traceId, subject);
    const own = spansOf(operationRows(name, endMs, askMs, subject), traceId, NOW + atMs);
    // Children end, and so arrive, before their root.
    this.store.add([...own].reverse(), NOW + atMs + endMs);
    return traceId;
  }

  /** A text message sent at `atMs` whose sender dropped the context. */
  stray(atMs: number, subject?: string): string {
    const traceId = traceIdOf(0xf00000 + this.next++);
    const attributes: TraceSpan['attributes'] = subject === undefined ? {} : { 'poligon.subject': subject };
    this.store.add(spansOf([[9, 8, SMS, 'smsc.send', 'server', atMs, atMs + 15, attributes]], traceId), NOW + atMs);
    return traceId;
  }

  verdicts() {
    this.store.finish();
    return new Map(this.store.decisions.map(({ traceId, verdict, operation }) => [traceId, { verdict, operation }]));
  }
}

describe('spans without their trace', () => {
  it('go to the only operation in progress for their person', () => {
    const run = new Run();
    const operation = run.operation('sign-unep', 0);
    const other = run.operation('sign-unep', 0, { subject: 'person:8' });
    const mine = run.stray(15, 'person:7');
    const verdicts = run.verdicts();
    expect(verdicts.get(mine)).toEqual({ verdict: 'sole', operation });
    expect(other).not.toBe(operation);
  });

  it('stay unknown when nobody was at work for the person, or long after the operation', () => {
    const run = new Run();
    run.operation('sign-unep', 0);
    const stranger = run.stray(15, 'person:9');
    const late = run.stray(60_000, 'person:7');
    const verdicts = run.verdicts();
    expect([verdicts.get(stranger)?.verdict, verdicts.get(late)?.verdict]).toEqual(['unknown', 'unknown']);
  });

  it('stay ambiguous between two operations of the same habits', () => {
    const run = new Run();
    for (let at = 0; at < 30; at += 1) {
      run.operation('sign-unep', at * 10_000, { subject: `person:${at}` });
      run.stray(at * 10_000 + 15, `person:${at}`);
    }
    run.operation('sign-unep', 500_000);
    run.operation('sign-unep', 500_001);
    const torn = run.stray(500_015, 'person:7');
    expect(run.verdicts().get(torn)).toEqual({ verdict: 'ambiguous', operation: undefined });
  });

  it('go, of two operations, to the one that makes such calls at such a moment', () => {
    const run = new Run();
    const truth = new Map<string, string>();
    for (let at = 0; at < 40; at += 1) {
      const subject = `person:${at}`;
      // The rival is always there too: it asked long ago and is thinking. By itself it causes nothing.
      run.operation('read-document', at * 10_000 - 3000, { endMs: 6000, askMs: 5, subject: `alone:${at}` });
      run.operation('read-document', at * 10_000 - 3000, { endMs: 6000, askMs: 5, subject });
      truth.set(run.stray(at * 10_000 + 15, subject), run.operation('sign-unep', at * 10_000, { subject }));
    }
    const verdicts = run.verdicts();
    const right = [...truth].filter(([stray, operation]) => verdicts.get(stray)?.operation === operation);
    const wrong = [...truth].filter(
      ([stray, operation]) => ![operation, undefined].includes(verdicts.get(stray)?.operation),
    );
    expect([right.length, wrong.length]).toEqual([40, 0]);
  });

  it('are part of the operation afterwards: on its critical path and in its kept trace', () => {
    const run = new Run();
    run.operation('sign-unep', 0);
    run.stray(12, 'person:7');
    const { steps, kept, operations } = run.store.finish();
    expect(steps[0]!.parts).toMatchObject({ 'external:sms-gateway-stub': 15, hrlink: 5 });
    expect(kept[0]!.spans.at(-1)).toMatchObject({ parentId: idOf(2), attributes: { 'poligon.stitched': 'sole' } });
    expect(operations).toMatchObject({ total: 1, complete: 1 });
  });
});

describe('the memory of the trace store', () => {
  it('is bounded whatever is sent', () => {
    const run = new Run({ ...STORE_LIMITS, maxOpenSpans: 1000, stitch: { ...STORE_LIMITS.stitch, maxSpans: 1000 } });
    for (let at = 0; at < 5000; at += 1) {
      run.stray(at, `person:${at}`);
      run.store.begin(traceIdOf(0xa00000 + at), 'never-ends', NOW);
      run.store.add(spansOf([[2, 1, SMS, `name ${at}`, 'server', 0, 1]], traceIdOf(0xa00000 + at)), NOW);
    }
    const { intake } = run.store.finish();
    expect(intake.spans).toBe(10_000);
    expect(intake.evictedSpans).toBeGreaterThanOrEqual(8000);
  });

  it('keeps the slowest and the failed operations of each kind, no more than three', () => {
    const run = new Run();
    for (let at = 1; at <= 20; at += 1) run.operation('sign-unep', at * 1000, { endMs: at * 10 });
    const { kept } = run.store.finish();
    expect(kept.map(({ why, durationMs }) => [why, durationMs])).toEqual([
      ['slowest', 200],
      ['slowest', 190],
      ['slowest', 180],
    ]);
  });

  it('takes operations of generators elsewhere, of which only spans come', () => {
    const run = new Run();
    const traceId = traceIdOf(77);
    const rows = operationRows('sign-unep', 100, 10, 'person:7');
    const [root, ask] = spansOf(rows, traceId);
    const [sms] = spansOf([[9, 2, SMS, 'smsc.send', 'server', 12, 28]], traceId);
    run.store.add([sms!], NOW);
    run.store.add([ask!], NOW + 30);
    run.store.add([root!], NOW + 100);
    const { operations, steps } = run.store.finish();
    expect(operations).toMatchObject({ total: 1, complete: 1, orphanSpans: 0 });
    expect(steps[0]).toMatchObject({ operation: 'sign-unep', count: 1 });
  });
});
