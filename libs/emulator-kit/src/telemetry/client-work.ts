import {
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
} from '@opentelemetry/api';
import { tracingState } from './tracing-state.js';

const SEVERED = createContextKey('poligon trace ends here');

/** A piece of work with a span of its own that something else will end. */
export interface OpenWork {
  /** The propagation fields a message takes along, so that whoever reads it goes on with the trace. */
  readonly carrier: Readonly<Record<string, string>>;
  /** Ends the span; `failure` when the work did not succeed. */
  end(failure?: Error, attributes?: Attributes): void;
}

/** What is told of a piece of work. */
export interface WorkDescription {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
}

/** The same context for a process that looks like one without tracing: whatever happens in it is not recorded. */
export function severedContext(at: Context): Context {
  return at.setValue(SEVERED, true);
}

/** The trace that the work which runs now belongs to, when this process records it; asking costs next to nothing. */
export function recordedContext(at: Context = context.active()): Context | undefined {
  if (!tracingState.isRecording || at === ROOT_CONTEXT) return undefined;
  const span = trace.getSpanContext(at);
  if (span === undefined || (span.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return at.getValue(SEVERED) === true ? undefined : at;
}

/** Opens a span in a context that `recordedContext` gave. */
export function openWork(at: Context, { name, kind, attributes }: WorkDescription): OpenWork {
  const span = tracingState.tracer.startSpan(name, { kind, attributes }, at);
  return {
    get carrier() {
      const carrier: Record<string, string> = {};
      propagation.inject(trace.setSpan(at, span), carrier);
      return carrier;
    },
    end: (failure, more) => {
      if (more !== undefined) span.setAttributes(more);
      if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message });
      span.end();
    },
  };
}

/** Runs work of somebody else's trace, as a message carries it, in a consumer's span; without a recorded trace it runs as it is. */
export async function consumed<T>(
  carrier: object | undefined,
  describe: () => Omit<WorkDescription, 'kind'>,
  work: () => Promise<T>,
): Promise<T> {
  const sender =
    carrier && tracingState.sampling.followsCaller ? propagation.extract(ROOT_CONTEXT, carrier) : undefined;
  const at = sender && recordedContext(sender);
  if (at === undefined) return work();
  const { name, attributes } = describe();
  const span = tracingState.tracer.startSpan(name, { kind: SpanKind.CONSUMER, attributes }, at);
  try {
    return await context.with(trace.setSpan(at, span), work);
  } finally {
    span.end();
  }
}
