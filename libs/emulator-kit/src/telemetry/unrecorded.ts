import {
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Context,
  type SpanContext,
} from '@opentelemetry/api';
import { RandomIdGenerator } from '@opentelemetry/sdk-trace';

const NOT_RECORDED = createContextKey('poligon trace is not recorded');
const ids = new RandomIdGenerator();

/** The context of every trace that began here and is not recorded: one for all, so that it costs nothing. */
export const UNRECORDED = ROOT_CONTEXT.setValue(NOT_RECORDED, true);

/** Ids nobody has used. */
export function freshSpanContext(traceFlags: TraceFlags): SpanContext {
  return { traceId: ids.generateTraceId(), spanId: ids.generateSpanId(), traceFlags };
}

/** Writes the propagation fields of `span` into `carrier`. */
export function inject(span: SpanContext, carrier: object): void {
  propagation.inject(trace.setSpanContext(ROOT_CONTEXT, span), carrier);
}

/** Whether the work that runs now belongs to a trace that began here and is not recorded. */
export function isUnrecorded(at: Context): boolean {
  return at.getValue(NOT_RECORDED) === true;
}

/** `action` in the trace it was made in, whatever runs it later: queues and shared timers run what others left there. */
export function carried(action: () => void): () => void {
  const at = context.active();
  return at === ROOT_CONTEXT ? action : () => context.with(at, action);
}

/** Runs an action in a trace that was noted before. */
export type InTrace = <T>(action: () => T) => T;

const inUnrecorded: InTrace = (action) =>
  context.active() === UNRECORDED ? action() : context.with(UNRECORDED, action);

/** Notes the trace of what runs now, for work that a queue hands to somebody else; nothing is made for a trace that is not recorded. */
export function traceHere(): InTrace {
  const at = context.active();
  if (at === ROOT_CONTEXT) return outsideTraces;
  return at === UNRECORDED ? inUnrecorded : (action) => context.with(at, action);
}

/** The same for something that is run. */
export function carriedJob<T extends { run(): void }>(job: T): T | { run(): void } {
  return context.active() === ROOT_CONTEXT ? job : { run: carried(() => job.run()) };
}

/** Runs `action` outside all traces. */
export function outsideTraces<T>(action: () => T): T {
  return context.active() === ROOT_CONTEXT ? action() : context.with(ROOT_CONTEXT, action);
}
