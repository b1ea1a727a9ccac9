import type { Context, Span, Tracer } from '@opentelemetry/api';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import { AlwaysOnSampler, BatchSpanProcessor, RandomIdGenerator, TracerProvider } from '@opentelemetry/sdk-trace';
import { LOAD_SERVICE, type TraceSpan } from '../tracing/trace-span.js';
import { DirectProcessor } from './recorded-span.js';
import { OtlpExporter, receiverExporter } from './span-exporter.js';

/** A client span and the W3C `traceparent` to send with its call. */
export interface CallSpan {
  readonly traceparent: string;
  end(error?: string): void;
}

/** One business operation's trace: HTTP calls become its client spans, waits are shown as such. */
export interface OperationTrace {
  readonly traceId: string;
  call(name: string): CallSpan;
  /** Starts a span of waiting; the result ends it. */
  wait(name: string): () => void;
  /** The person the operation is done for. */
  setSubject(subject: string): void;
  /** Another person it concerns: messages to that person are its work too. */
  concerns(subject: string): void;
  end(error?: string): void;
}

/** Who is told of operations and their spans within this process. */
export interface TraceSink {
  begin(traceId: string, operation: string, startMs: number): void;
  concerns(traceId: string, subject: string): void;
  add(spans: readonly TraceSpan[]): void;
}

export interface TracingOptions {
  /** Whether spans are sent to the collector the `OTEL_*` variables name, and how. */
  otlpEndpoint?: string;
  otlpProtocol?: string;
  /** Where spans go instead: the receiver of the run this process is a worker of. */
  receiver?: { endpoint: string; token?: string | undefined };
  sink?: TraceSink;
  /** Share of operations that are recorded, 0..1. */
  share?: number;
  /** Chance, 0..1; decides which operations are recorded. */
  draw?: () => number;
  now?: () => number;
}

/** A run waits only seconds for the spans of its operations. */
const TO_RECEIVER = { scheduledDelayMillis: 500, maxQueueSize: 16_384 };

/** Makes traces of business operations; spans leave the process only when an OTLP endpoint is configured. */
export class Tracing {
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;
  /** Somebody takes the spans; otherwise none are made. */
  private readonly isHeard: boolean;

  constructor(private readonly options: TracingOptions = {}) {
    const { otlpEndpoint, otlpProtocol, receiver, sink } = options;
    const spanProcessors: SpanProcessor[] = [];
    if (receiver) spanProcessors.push(new BatchSpanProcessor({ exporter: receiverExporter(receiver), ...TO_RECEIVER }));
    else if (otlpEndpoint) spanProcessors.push(new BatchSpanProcessor({ exporter: new OtlpExporter(otlpProtocol) }));
    if (sink) spanProcessors.push(new DirectProcessor((spans) => sink.add(spans)));
    const resource = resourceFromAttributes({ 'service.name': LOAD_SERVICE });
    this.provider = new TracerProvider({ resource, spanProcessors, sampler: new AlwaysOnSampler() });
    this.tracer = this.provider.getTracer('load');
    this.isHeard = spanProcessors.length > 0;
  }

  /** Opens the root span of one business operation. */
  operation(name: string, attributes: Record<string, string | number> = {}): OperationTrace {
    const { sink, share = 1, draw = () => 0, now } = this.options;
    const isRecorded = draw() < share;
    if (!isRecorded || !this.isHeard) return new UnheardTrace(isRecorded);
    const { tracer } = this;
    const root = tracer.startSpan(name, { kind: SpanKind.INTERNAL, attributes, root: true }, ROOT_CONTEXT);
    const { traceId } = root.spanContext();
    sink?.begin(traceId, name, now?.() ?? 0);
    const concerns = (subject: string) => void sink?.concerns(traceId, subject);
    const context = trace.setSpan(ROOT_CONTEXT, root);
    return {
      traceId,
      call: (callName) => callSpan(tracer.startSpan(callName, { kind: SpanKind.CLIENT }, context)),
      wait: (waitName) => waitSpan(tracer, waitName, context),
      setSubject: (subject) => {
        root.setAttribute('poligon.subject', subject);
        concerns(subject);
      },
      concerns,
      end: (error) => finish(root, error),
    };
  }

  /** Sends what is buffered; never rejects: a dead collector must not spoil a finished run. */
  async shutdown(): Promise<void> {
    await this.provider.shutdown().catch(() => undefined);
  }
}

const ids = new RandomIdGenerator();
const nothing = (): void => undefined;

/** The ids of a trace whose spans nobody takes: the systems called still get a context to go on from. */
class UnheardTrace implements OperationTrace {
  readonly traceId = ids.generateTraceId();
  private readonly flags: string;

  /** @param isRecorded whether those who are called should record their spans */
  constructor(isRecorded: boolean) {
    this.flags = isRecorded ? '01' : '00';
  }

  call(): CallSpan {
    return { traceparent: `00-${this.traceId}-${ids.generateSpanId()}-${this.flags}`, end: nothing };
  }

  wait(): () => void {
    return nothing;
  }

  setSubject(): void {}
  concerns(): void {}
  end(): void {}
}

function callSpan(span: Span): CallSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-01`,
    end: (error) => finish(span, error),
  };
}

function waitSpan(tracer: Tracer, name: string, context: Context): () => void {
  const span = tracer.startSpan(name, { kind: SpanKind.INTERNAL }, context);
  return () => span.end();
}

function finish(span: Span, error?: string): void {
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
  span.end();
}
