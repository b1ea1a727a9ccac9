import { Injectable } from '@nestjs/common';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import type { Exchange } from '../exchange/exchange.js';
import { recordedContext, severedContext } from './client-work.js';
import { exchangeAttributes } from './exchange-attributes.js';
import { tracingState } from './tracing-state.js';
import { freshSpanContext, inject, isUnrecorded, outsideTraces, UNRECORDED } from './unrecorded.js';

/** The context the domain runs in, and the server span when one is recorded. */
export interface ExchangeSpan {
  readonly span: Span | undefined;
  readonly context: Context;
}

/** Told of every outgoing call of a severed process: the trace it was begun in and the trace it claims to be. */
export type SeveredCall = (call: {
  readonly name: string;
  readonly traceId: string;
  readonly trueTraceId: string | undefined;
}) => void;

/** Ends a span; `error` when what it stands for failed. */
export type EndSpan = (error?: string) => void;

/** Nothing of it is recorded and nothing had to be made for it. */
const UNRECORDED_EXCHANGE: ExchangeSpan = { span: undefined, context: UNRECORDED };

/** Opens one server span per exchange and one client span per outgoing call; whether they are recorded is decided before anything is made. */
@Injectable()
export class Tracing {
  private severed: SeveredCall | undefined;

  /**
   * Starts the span of an exchange under the caller's context.
   * @param carrier the caller's propagation fields; undefined when the protocol has none
   * @returns undefined when nobody records and the caller sent no context: then nothing is allocated
   */
  startExchange(exchange: Exchange, carrier: object | undefined): ExchangeSpan | undefined {
    const parent = carriesContext(carrier) ? propagation.extract(ROOT_CONTEXT, carrier) : ROOT_CONTEXT;
    const caller = trace.getSpanContext(parent);
    if (caller === undefined && (!tracingState.isRecording || this.severed !== undefined)) return undefined;
    const unrecorded = this.severed === undefined ? unrecordedContext(caller, parent) : severedContext(parent);
    if (unrecorded === UNRECORDED) return UNRECORDED_EXCHANGE;
    if (unrecorded !== undefined) return { span: undefined, context: unrecorded };
    const options = { kind: SpanKind.SERVER, startTime: exchange.receivedAtMs };
    const span = tracingState.tracer.startSpan(exchange.operation, options, parent);
    return { span, context: trace.setSpan(parent, span) };
  }

  /** Runs `action` inside the exchange's context. */
  within<T>(exchangeSpan: ExchangeSpan | undefined, action: () => T): T {
    return exchangeSpan === undefined ? action() : context.with(exchangeSpan.context, action);
  }

  /** Id of the trace an exchange belongs to, its own or the caller's. */
  traceIdOf(exchangeSpan: ExchangeSpan | undefined): string | undefined {
    return exchangeSpan === undefined ? undefined : trace.getSpanContext(exchangeSpan.context)?.traceId;
  }

  /** Ends the span with what was decided; `attributes` are the protocol adapter's own, made only when they are recorded. */
  endExchange(
    exchangeSpan: ExchangeSpan | undefined,
    exchange: Exchange,
    outcome: string,
    attributes?: () => Attributes,
  ): void {
    const span = exchangeSpan?.span;
    if (span === undefined) return;
    span.setAttributes(exchangeAttributes(exchange, outcome, attributes?.()));
    if (outcome !== 'reply') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
    span.end(performance.now());
  }

  /** Runs an outgoing call in a client span; `carrier` receives the propagation fields to send along. */
  async client<T>(name: string, carrier: Record<string, string>, call: (span: Span) => Promise<T>): Promise<T> {
    const at = context.active();
    if (this.severed !== undefined) return this.callSevered(name, carrier, call);
    if (isUnrecorded(at)) {
      inject(freshSpanContext(TraceFlags.NONE), carrier);
      return call(NO_SPAN);
    }
    const caller = trace.getSpanContext(at);
    if (caller !== undefined && (caller.traceFlags & TraceFlags.SAMPLED) === 0) {
      propagation.inject(at, carrier);
      return call(NO_SPAN);
    }
    if (caller === undefined && tracingState.isRecording && !tracingState.isRootRecorded()) {
      inject(freshSpanContext(TraceFlags.NONE), carrier);
      return context.with(UNRECORDED, () => call(NO_SPAN));
    }
    const span = tracingState.tracer.startSpan(name, { kind: SpanKind.CLIENT });
    propagation.inject(trace.setSpan(at, span), carrier);
    return this.run(span, () => call(span));
  }

  /** Runs work of this process in a span of its own, when it belongs to a recorded trace. */
  async internal<T>(name: string, work: (span: Span) => Promise<T>, attributes: Attributes = {}): Promise<T> {
    if (!this.isRecorded()) return work(NO_SPAN);
    const own = tracingState.tracer.startSpan(name, { kind: SpanKind.INTERNAL, attributes });
    return this.run(own, () => work(own));
  }

  /** Begins work of this process that ends elsewhere, e.g. when a timer fires; the result ends its span. */
  begin(name: string, attributes?: Attributes): EndSpan {
    return this.beginAs(SpanKind.INTERNAL, name, attributes);
  }

  /** The same for something that is sent to another system and answered later. */
  beginCall(name: string, attributes?: Attributes): EndSpan {
    return this.beginAs(SpanKind.CLIENT, name, attributes);
  }

  /** Runs work that serves many operations outside the trace of the one that happened to start it. */
  detached<T>(work: () => T): T {
    return outsideTraces(work);
  }

  /** From now on this process looks like one without tracing: it records nothing and each of its calls begins a trace of its own. */
  sever(onCall: SeveredCall): void {
    this.severed = onCall;
  }

  private beginAs(kind: SpanKind, name: string, attributes: Attributes = {}): EndSpan {
    if (!this.isRecorded()) return nothing;
    const span = tracingState.tracer.startSpan(name, { kind, attributes });
    return (error) => {
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
      span.end();
    };
  }

  /** Whether the work that runs now belongs to a recorded trace; its own span may have ended long ago. */
  private isRecorded(): boolean {
    return this.severed === undefined && recordedContext() !== undefined;
  }

  private callSevered<T>(name: string, carrier: Record<string, string>, call: (span: Span) => Promise<T>): Promise<T> {
    const fresh = freshSpanContext(TraceFlags.SAMPLED);
    inject(fresh, carrier);
    const trueTraceId = trace.getSpanContext(context.active())?.traceId;
    this.severed?.({ name, traceId: fresh.traceId, trueTraceId });
    return call(NO_SPAN);
  }

  private async run<T>(span: Span, work: () => Promise<T>): Promise<T> {
    try {
      return await context.with(trace.setSpan(context.active(), span), work);
    } catch (failure) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(failure) });
      throw failure;
    } finally {
      span.end();
    }
  }
}

function nothing(): void {}

/** Takes what a recorded span would take and keeps nothing. */
const NO_SPAN = trace.wrapSpanContext({ traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: TraceFlags.NONE });

/** The context to go on in when nothing is recorded here; undefined when it is. */
function unrecordedContext(caller: SpanContext | undefined, parent: Context): Context | undefined {
  const { isRecording, sampling } = tracingState;
  if (caller === undefined) return tracingState.isRootRecorded() ? undefined : UNRECORDED;
  if (!isRecording) return parent;
  if (sampling.followsCaller) return (caller.traceFlags & TraceFlags.SAMPLED) === 0 ? parent : undefined;
  if (tracingState.isRootRecorded()) return undefined;
  return trace.setSpanContext(parent, { ...caller, traceFlags: TraceFlags.NONE });
}

/** Whether the caller sent anything the propagator reads; asking is much cheaper than letting it look. */
function carriesContext(carrier: object | undefined): carrier is object {
  if (carrier === undefined) return false;
  for (const field of propagation.fields()) if (field in carrier) return true;
  return false;
}
