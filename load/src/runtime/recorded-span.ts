import type { HrTime } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { kindOf, LOAD_SERVICE, type AttributeValue, type TraceSpan } from '../tracing/trace-span.js';

/** Hands ended spans of this process on without a detour over the network. */
export class DirectProcessor implements SpanProcessor {
  constructor(private readonly take: (spans: readonly TraceSpan[]) => void) {}

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    this.take([recordedSpan(span)]);
  }

  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

function recordedSpan(span: ReadableSpan): TraceSpan {
  const { traceId, spanId } = span.spanContext();
  const parentId = span.parentSpanContext?.spanId;
  const { code, message = '' } = span.status;
  return {
    traceId,
    spanId,
    ...(parentId === undefined ? {} : { parentId }),
    service: LOAD_SERVICE,
    name: span.name,
    // The API counts kinds from 0, the protocol from 1.
    kind: kindOf(span.kind + 1),
    startMs: ms(span.startTime),
    endMs: ms(span.endTime),
    ...(code === SpanStatusCode.ERROR ? { error: message } : {}),
    attributes: span.attributes as Record<string, AttributeValue>,
  };
}

function ms([seconds, nanos]: HrTime): number {
  return seconds * 1000 + nanos / 1e6;
}
