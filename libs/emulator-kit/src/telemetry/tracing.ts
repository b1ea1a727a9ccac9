import { Injectable } from '@nestjs/common';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
} from '@opentelemetry/api';
import type { Exchange } from '../exchange/exchange.js';

/** A server span and the context the domain runs in. */
export interface ExchangeSpan {
  readonly span: Span;
  readonly context: Context;
}

/** Opens one server span per exchange and one client span per outgoing call. */
@Injectable()
export class Tracing {
  private readonly tracer = trace.getTracer('poligon');

  /**
   * Starts the span of an exchange under the caller's context.
   * @param carrier the caller's propagation fields; undefined when the protocol has none
   * @returns undefined when nobody records and the caller sent no context: then nothing is allocated
   */
  startExchange(exchange: Exchange, carrier: object | undefined): ExchangeSpan | undefined {
    if (!tracingState.isRecording && !carriesContext(carrier)) return undefined;
    const parent = carrier === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, carrier);
    if (parent === ROOT_CONTEXT && !tracingState.isRecording) return undefined;
    const span = this.tracer.startSpan(exchange.operation, { kind: SpanKind.SERVER }, parent);
    return { span, context: trace.setSpan(parent, span) };
  }

  /** Runs `action` inside the span's context. */
  within<T>(exchangeSpan: ExchangeSpan | undefined, action: () => T): T {
    return exchangeSpan === undefined ? action() : context.with(exchangeSpan.context, action);
  }

  /** Ends the span with what was decided. */
  endExchange(exchangeSpan: ExchangeSpan | undefined, exchange: Exchange, outcome: string): void {
    if (exchangeSpan === undefined) return;
    const { span } = exchangeSpan;
    if (span.isRecording()) {
      span.setAttributes({
        'poligon.operation': exchange.operation,
        'poligon.outcome': outcome,
        'poligon.intended_ms': exchange.intendedMs,
        'poligon.injected_ms': exchange.injectedMs,
        ...(exchange.subject === undefined ? {} : { 'poligon.subject': exchange.subject }),
        ...(exchange.fired.length === 0 ? {} : { 'poligon.fault': exchange.fired.map(({ id }) => id) }),
      });
      if (outcome !== 'reply') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
    }
    span.end();
  }

  /** Runs an outgoing call in a client span; `carrier` receives the propagation fields to send along. */
  async client<T>(name: string, carrier: Record<string, string>, call: (span: Span) => Promise<T>): Promise<T> {
    const span = this.tracer.startSpan(name, { kind: SpanKind.CLIENT });
    const inside = trace.setSpan(context.active(), span);
    propagation.inject(inside, carrier);
    try {
      return await context.with(inside, () => call(span));
    } catch (failure) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(failure) });
      throw failure;
    } finally {
      span.end();
    }
  }
}

/** Whether the caller sent anything the propagator reads; asking is much cheaper than letting it look. */
function carriesContext(carrier: object | undefined): boolean {
  return carrier !== undefined && propagation.fields().some((field) => field in carrier);
}

/** Whether an exporter is at work in this process; set by `startTelemetry`. */
export const tracingState = { isRecording: false };
