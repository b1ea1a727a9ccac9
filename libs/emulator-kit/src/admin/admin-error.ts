import {
  Catch,
  HttpException,
  Inject,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { problemLine } from '../faults/fault-rule.js';
import { FaultRuleError } from '../faults/fault-registry.js';
import { RouteTable } from '../http/route-table.js';
import { Logger } from '../runtime/logger.js';

/** Answers a call at the admin door with a status and one precise line. */
export class AdminError extends HttpException {
  constructor(status: number, message: string) {
    super({ error: message }, status);
  }
}

/** Checks an admin input. @throws AdminError 400 naming field and rule */
export function checked<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AdminError(400, problemLine(parsed.error));
}

/** Every error of the admin door is `{"error": "<one line>"}`. */
@Catch()
export class AdminErrorFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    @Inject(RouteTable) private readonly routes: RouteTable,
  ) {}

  catch(failure: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const { status, error } = this.describe(failure, request);
    void reply.code(status).send({ error });
  }

  private describe(failure: unknown, request: FastifyRequest): { status: number; error: string } {
    if (failure instanceof NotFoundException) return this.unknown(request);
    if (failure instanceof FaultRuleError) return { status: 400, error: failure.message };
    if (statusOf(failure) === 413)
      return { status: 413, error: 'body: too large, rules, experiments and profiles may have 1000000 bytes' };
    if (failure instanceof HttpException) return { status: failure.getStatus(), error: messageOf(failure) };
    const status = statusOf(failure);
    if (status !== undefined && status < 500) {
      return { status, error: `body: ${oneLine((failure as { message?: string }).message)}` };
    }
    this.logger.error('admin.failed', {
      url: request.url,
      failure: failure instanceof Error ? failure.stack : String(failure),
    });
    return { status: 500, error: 'internal error, see the log' };
  }

  private unknown(request: FastifyRequest): { status: number; error: string } {
    const methods = this.routes.methodsOf(request.url);
    const path = request.url.split('?', 1)[0]!;
    if (methods.length === 0) return { status: 404, error: `unknown path ${path}, see /__admin/openapi.json` };
    return { status: 405, error: `method ${request.method} not allowed on ${path}, allowed are ${methods.join(', ')}` };
  }
}

function statusOf(failure: unknown): number | undefined {
  return failure instanceof HttpException ? failure.getStatus() : (failure as { statusCode?: number }).statusCode;
}

function messageOf(failure: HttpException): string {
  const response = failure.getResponse();
  const { error, message } =
    typeof response === 'string' ? { error: undefined, message: response } : (response as Record<string, unknown>);
  if (failure instanceof AdminError) return oneLine(String(error));
  // Everything else that is refused before a controller sees it is the body's fault.
  return `body: ${oneLine(String(message ?? error))}`;
}

function oneLine(text: string | undefined): string {
  return (text ?? 'bad request').split('\n', 1)[0]!;
}
