import {
  Catch,
  HttpException,
  Inject,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Catalogues, ProtocolError, type InputProblem } from '../exchange/error-catalogue.js';
import type { Ending } from '../exchange/exchange.js';
import { Journal } from '../journal/journal.js';
import { Logger } from '../runtime/logger.js';
import { urlExcerpt } from './body-excerpt.js';
import { failedCall } from './failed-call.js';
import { HttpWriter } from './http-writer.js';
import { nearestRoute } from './nearest-route.js';
import { OperationExplorer } from './operation-explorer.js';
import { RouteTable } from './route-table.js';

/** The framework hands on what the listener refused as exceptions that keep only the status. */
const PROBLEM_OF_STATUS: Readonly<Record<number, InputProblem>> = { 413: 'too-large', 415: 'media-type' };

/** Answers everything that went wrong outside an exchange in the words of the real system. */
@Catch()
export class ProtocolErrorFilter implements ExceptionFilter {
  constructor(
    private readonly writer: HttpWriter,
    private readonly catalogues: Catalogues,
    private readonly journal: Journal,
    private readonly logger: Logger,
    private readonly explorer: OperationExplorer,
    @Inject(RouteTable) private readonly routes: RouteTable,
  ) {}

  catch(failure: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const ending = this.ending(failure, request);
    const written = this.writer.ending(request, reply, ending);
    const { method, url } = request;
    const nearest = nearestRoute(this.explorer.routes, { method, url });
    this.journal.note('unmatched', ending.code, { method, url: urlExcerpt(url), status: written.status, nearest });
  }

  private ending(failure: unknown, request: FastifyRequest): Extract<Ending, { kind: 'fail' }> {
    if (failure instanceof ProtocolError) return { kind: 'fail', code: failure.code, detail: failure.detail };
    const problem = this.problemOf(failure, request);
    const reason = failure instanceof Error ? failure.message : String(failure);
    if (problem === 'internal') this.logger.error('exchange.failed', { url: request.url, failure: reason });
    const { problems } = this.catalogues.for(undefined, failedCall(request));
    return { kind: 'fail', code: problems[problem], detail: { reason, methods: this.routes.methodsOf(request.url) } };
  }

  private problemOf(failure: unknown, request: FastifyRequest): InputProblem {
    if (failure instanceof NotFoundException) {
      return this.routes.methodsOf(request.url).length > 0 ? 'wrong-method' : 'unknown-path';
    }
    const status = statusOf(failure);
    if (status === undefined || status < 400 || status >= 500) return 'internal';
    return PROBLEM_OF_STATUS[status] ?? 'malformed';
  }
}

function statusOf(failure: unknown): number | undefined {
  return failure instanceof HttpException ? failure.getStatus() : (failure as { statusCode?: number }).statusCode;
}
