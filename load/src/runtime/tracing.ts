import type { Context, Span, Tracer } from '@opentelemetry/api';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** One business operation's trace: HTTP calls become its client spans. */
export interface OperationTrace {
  readonly traceId: string;
  /** Starts a client span and gives the W3C `traceparent` to send with the call. */
  call(name: string): { traceparent: string; end(error?: string): void };
  setSubject(subject: string): void;
  end(error?: string): void;
}

/** Makes traces of business operations; spans leave the process only when an OTLP endpoint is configured. */
export class Tracing {
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;

  constructor(otlpEndpoint?: string) {
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'poligon-load' }),
      spanProcessors: otlpEndpoint ? [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })] : [],
    });
    this.tracer = this.provider.getTracer('load');
  }

  /** Opens the root span of one business operation. */
  operation(name: string, attributes: Record<string, string | number> = {}): OperationTrace {
    const root = this.tracer.startSpan(name, { kind: SpanKind.INTERNAL, attributes, root: true }, ROOT_CONTEXT);
    const context = trace.setSpan(ROOT_CONTEXT, root);
    return {
      traceId: root.spanContext().traceId,
      call: (callName) => this.call(callName, context),
      setSubject: (subject) => void root.setAttribute('poligon.subject', subject),
      end: (error) => finish(root, error),
    };
  }

  /** Sends what is buffered; never rejects: a dead collector must not spoil a finished run. */
  async shutdown(): Promise<void> {
    await this.provider.shutdown().catch(() => undefined);
  }

  private call(name: string, context: Context) {
    const span = this.tracer.startSpan(name, { kind: SpanKind.CLIENT }, context);
    const { traceId, spanId } = span.spanContext();
    return { traceparent: `00-${traceId}-${spanId}-01`, end: (error?: string) => finish(span, error) };
  }
}

function finish(span: Span, error?: string): void {
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
  span.end();
}
