import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Catalogues } from '../exchange/error-catalogue.js';
import type { Ending, Exchange } from '../exchange/exchange.js';
import { ExchangeRunner, type Outcome } from '../exchange/exchange-runner.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../runtime/clock.js';
import { Logger } from '../runtime/logger.js';
import { ExchangeMetrics } from '../telemetry/exchange-metrics.js';
import { Tracing, type ExchangeSpan } from '../telemetry/tracing.js';
import { excerpt, urlExcerpt } from './body-excerpt.js';
import { exchangeOfRequest } from './exchange-of-request.js';
import { failedCall } from './failed-call.js';
import { httpAttributes } from './http-attributes.js';
import { HttpWriter, type Written } from './http-writer.js';
import type { OperationMetadata } from './operation.decorator.js';

/** One HTTP call while it is answered. */
interface HttpCall {
  readonly meta: OperationMetadata;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly span: ExchangeSpan | undefined;
}

const EXCHANGES = Symbol('http exchanges');

/** Lets handlers of a listener find the exchanges of their own emulator. */
export function installExchanges(fastify: object, exchanges: HttpExchanges): void {
  (fastify as { [EXCHANGES]?: HttpExchanges })[EXCHANGES] = exchanges;
}

/** The exchanges of the emulator a call came to. */
export function exchangesOf(request: FastifyRequest): HttpExchanges {
  return (request.server as unknown as { [EXCHANGES]: HttpExchanges })[EXCHANGES];
}

/** Takes HTTP calls of operations through the exchange and writes their outcomes. */
@Injectable()
export class HttpExchanges {
  constructor(
    private readonly runner: ExchangeRunner,
    private readonly writer: HttpWriter,
    private readonly catalogues: Catalogues,
    private readonly journal: Journal,
    private readonly tracing: Tracing,
    private readonly metrics: ExchangeMetrics,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Answers one call; a promise only when the reply has to wait. Never throws once the exchange is made. */
  answer(
    meta: OperationMetadata,
    { request, reply }: Pick<HttpCall, 'request' | 'reply'>,
    domain: () => unknown,
  ): void | Promise<void> {
    const exchange = exchangeOfRequest(meta, request);
    const span = this.tracing.startExchange(exchange, request.headers);
    const call = { meta, request, reply, span };
    const outcome = this.tracing.within(span, () => this.runner.start(exchange, domain));
    if (!(outcome instanceof Promise)) return this.end(exchange, outcome, call);
    return outcome.then(
      (known) => this.end(exchange, known, call),
      (failure: unknown) => this.end(exchange, this.internalError(exchange, call, failure), call),
    );
  }

  private end(exchange: Exchange, outcome: Outcome<unknown>, call: HttpCall): void {
    try {
      this.close(exchange, outcome.kind, call, this.write(exchange, outcome, call));
    } catch (failure) {
      this.tell('exchange.not-written', exchange, call, String(failure));
      call.reply.raw.socket?.destroy();
    }
  }

  private write(exchange: Exchange, outcome: Outcome<unknown>, call: HttpCall): Written {
    const { request, reply } = call;
    if (outcome.kind !== 'reply') return this.writer.ending(request, reply, outcome, exchange);
    try {
      return this.writer.value(reply, outcome.value, exchange.shapes);
    } catch (failure) {
      // What the domain returned cannot be printed, e.g. because a caller's own nesting is in it.
      return this.writer.ending(request, reply, this.internalError(exchange, call, failure), exchange);
    }
  }

  private internalError(exchange: Exchange, call: HttpCall, failure: unknown): Ending {
    this.tell('exchange.failed', exchange, call, failure instanceof Error ? failure.stack : String(failure));
    const catalogue = this.catalogues.for(exchange.operation, failedCall(call.request, exchange.operation));
    return { kind: 'fail', code: catalogue.problems.internal, detail: {} };
  }

  /** Logs a failure with the ids of the exchange's trace. */
  private tell(event: string, { operation }: Exchange, { span }: HttpCall, failure: string | undefined): void {
    this.tracing.within(span, () => this.logger.error(event, { operation, failure }));
  }

  private close(exchange: Exchange, outcome: string, { meta, request, span }: HttpCall, written: Written): void {
    const durationMs = this.clock.monotonicMs() - exchange.receivedAtMs;
    const traceId = this.tracing.traceIdOf(span);
    this.metrics.ended(exchange, outcome, durationMs, span?.span && traceId);
    this.tracing.endExchange(span, exchange, outcome, () => httpAttributes(request, written.status));
    const { bodyBytes } = this.journal.limits;
    this.journal.record(
      exchange,
      outcome,
      {
        method: request.method,
        url: urlExcerpt(request.url),
        body: excerpt(meta.journalBody === undefined ? request.body : meta.journalBody(request), bodyBytes),
        status: written.status,
        reply: excerpt(written.body, bodyBytes),
      },
      traceId,
    );
  }
}
