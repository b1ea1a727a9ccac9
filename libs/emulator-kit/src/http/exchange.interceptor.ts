import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, NEVER, type Observable } from 'rxjs';
import { Exchange, type Ending } from '../exchange/exchange.js';
import { ExchangeRunner, type Outcome } from '../exchange/exchange-runner.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../runtime/clock.js';
import { Logger } from '../runtime/logger.js';
import { ExchangeMetrics } from '../telemetry/exchange-metrics.js';
import { Tracing, type ExchangeSpan } from '../telemetry/tracing.js';
import { Catalogues } from '../exchange/error-catalogue.js';
import { excerpt, requestExcerpt, urlExcerpt } from './body-excerpt.js';
import { attachExchange } from './current-exchange.js';
import { failedCall } from './failed-call.js';
import { HttpWriter, type Written } from './http-writer.js';
import { OPERATION, valueAt, type OperationMetadata } from './operation.decorator.js';
import { receivedAtMs } from './http-door.js';

/** Makes every HTTP call to an `@Operation` an exchange and writes its outcome. */
@Injectable()
export class ExchangeInterceptor implements NestInterceptor {
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

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const operation = Reflect.getMetadata(OPERATION, execution.getHandler()) as OperationMetadata | undefined;
    if (operation === undefined) return next.handle();
    const http = execution.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    this.answer(operation, http.getRequest<FastifyRequest>(), reply, next).catch((failure: unknown) => {
      this.logger.error('exchange.not-written', { operation: operation.operation, failure: String(failure) });
      reply.raw.socket?.destroy();
    });
    // The reply is written here, byte for byte; the framework must not write another.
    return NEVER;
  }

  private async answer(
    meta: OperationMetadata,
    request: FastifyRequest,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<void> {
    const exchange = exchangeOf(meta, request);
    attachExchange(request, exchange);
    const span = this.tracing.startExchange(exchange, request.headers);
    const outcome = await this.tracing.within(span, () => this.outcome(exchange, request, next));
    const written = this.write(exchange, outcome, { request, reply });
    this.close(exchange, outcome.kind, { meta, request, written, span });
  }

  private write(
    exchange: Exchange,
    outcome: Outcome<unknown>,
    { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  ): Written {
    if (outcome.kind !== 'reply') return this.writer.ending(request, reply, outcome, exchange);
    try {
      return this.writer.value(reply, outcome.value, exchange.shapes);
    } catch (failure) {
      // What the domain returned cannot be printed, e.g. because a caller's own nesting is in it.
      return this.writer.ending(request, reply, this.internalError(exchange, request, failure), exchange);
    }
  }

  private async outcome(exchange: Exchange, request: FastifyRequest, next: CallHandler): Promise<Outcome<unknown>> {
    try {
      return await this.runner.run(exchange, () => lastValueFrom(next.handle(), { defaultValue: undefined }));
    } catch (failure) {
      return this.internalError(exchange, request, failure);
    }
  }

  private internalError(exchange: Exchange, request: FastifyRequest, failure: unknown): Ending {
    this.logger.error('exchange.failed', {
      operation: exchange.operation,
      failure: failure instanceof Error ? failure.stack : String(failure),
    });
    const catalogue = this.catalogues.for(exchange.operation, failedCall(request, exchange.operation));
    return { kind: 'fail', code: catalogue.problems.internal, detail: {} };
  }

  private close(
    exchange: Exchange,
    outcome: string,
    { meta, request, written, span }: ClosedCall,
  ): void {
    const durationMs = this.clock.monotonicMs() - exchange.receivedAtMs;
    this.metrics.ended(exchange, outcome, durationMs);
    this.tracing.endExchange(span, exchange, outcome);
    const { bodyBytes } = this.journal.limits;
    this.journal.record(
      exchange,
      outcome,
      {
        method: request.method,
        url: urlExcerpt(request.url),
        body: meta.journalBody ? excerpt(meta.journalBody(request), bodyBytes) : requestExcerpt(request, bodyBytes),
        status: written.status,
        reply: excerpt(written.body, bodyBytes),
      },
      span?.span.spanContext().traceId,
    );
  }
}

interface ClosedCall {
  readonly meta: OperationMetadata;
  readonly request: FastifyRequest;
  readonly written: Written;
  readonly span: ExchangeSpan | undefined;
}

function exchangeOf(meta: OperationMetadata, request: FastifyRequest): Exchange {
  return new Exchange({
    operation: meta.refine?.(request) ?? meta.operation,
    subject: meta.subject?.(request),
    client: meta.client?.(request),
    callKey: meta.callKey?.(request),
    receivedAtMs: receivedAtMs(request),
    lookup: factsLookup(meta, request),
  });
}

/** Facts are worked out once per exchange, and only when a rule asks. */
function factsLookup({ facts }: OperationMetadata, request: FastifyRequest): (path: string) => unknown {
  if (facts === undefined) return (path) => valueAt(request.body, path);
  let known: unknown;
  return (path) => valueAt((known ??= facts(request)), path);
}
