import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, NEVER, type Observable } from 'rxjs';
import { Exchange } from '../exchange/exchange.js';
import { ExchangeRunner, type Outcome } from '../exchange/exchange-runner.js';
import { Journal } from '../journal/journal.js';
import { Clock } from '../runtime/clock.js';
import { Logger } from '../runtime/logger.js';
import { ExchangeMetrics } from '../telemetry/exchange-metrics.js';
import { Tracing, type ExchangeSpan } from '../telemetry/tracing.js';
import { Catalogues } from '../exchange/error-catalogue.js';
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
    const written =
      outcome.kind === 'reply'
        ? this.writer.value(reply, outcome.value)
        : this.writer.ending(request, reply, outcome, exchange.operation);
    this.close(exchange, outcome.kind, { request, written, span });
  }

  private async outcome(exchange: Exchange, request: FastifyRequest, next: CallHandler): Promise<Outcome<unknown>> {
    try {
      return await this.runner.run(exchange, () => lastValueFrom(next.handle(), { defaultValue: undefined }));
    } catch (failure) {
      this.logger.error('exchange.failed', {
        operation: exchange.operation,
        failure: failure instanceof Error ? failure.stack : String(failure),
      });
      const catalogue = this.catalogues.for(exchange.operation, failedCall(request, exchange.operation));
      return { kind: 'fail', code: catalogue.problems.internal, detail: {} };
    }
  }

  private close(
    exchange: Exchange,
    outcome: string,
    { request, written, span }: { request: FastifyRequest; written: Written; span: ExchangeSpan | undefined },
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
        url: request.url,
        body: excerpt(request.body, bodyBytes),
        status: written.status,
        reply: excerpt(written.body, bodyBytes),
      },
      span?.span.spanContext().traceId,
    );
  }
}

function exchangeOf(meta: OperationMetadata, request: FastifyRequest): Exchange {
  const facts = meta.facts;
  return new Exchange({
    operation: meta.refine?.(request) ?? meta.operation,
    subject: meta.subject?.(request),
    client: meta.client?.(request),
    receivedAtMs: receivedAtMs(request),
    lookup: (path) => valueAt(facts === undefined ? request.body : facts(request), path),
  });
}

/** What the journal keeps of a body: text cut to the limit, data as it is when small, binary as its size. */
function excerpt(body: unknown, limitBytes: number): unknown {
  if (body === undefined || body === null || limitBytes === 0) return undefined;
  if (Buffer.isBuffer(body)) return body.length <= limitBytes ? body.toString('utf8') : `${body.length} bytes`;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return text.length <= limitBytes ? text : `${text.slice(0, limitBytes)}...`;
}
