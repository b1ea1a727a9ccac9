import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Catalogues, type FailedCall, type RenderedReply } from '../exchange/error-catalogue.js';
import type { DropMode, Ending } from '../exchange/exchange.js';
import { Logger } from '../runtime/logger.js';
import { failedCall } from './failed-call.js';
import { WireReply } from './wire-reply.js';

/** What was written, for the journal. */
export interface Written {
  readonly status: number;
  readonly body: string | Buffer;
}

/** Turns outcomes of exchanges into bytes on an HTTP connection. */
@Injectable()
export class HttpWriter {
  constructor(
    private readonly catalogues: Catalogues,
    private readonly logger: Logger,
  ) {}

  /** Sends what a controller method returned. */
  value(reply: FastifyReply, value: unknown): Written {
    if (value instanceof WireReply) return this.rendered(reply, value);
    return this.rendered(reply, WireReply.json(value ?? null));
  }

  /** Sends what a rule or a domain error decided. */
  ending(request: FastifyRequest, reply: FastifyReply, ending: Ending, operation?: string): Written {
    switch (ending.kind) {
      case 'fail':
        return this.failure(request, reply, ending, operation);
      case 'status':
        // A status that does not end an HTTP exchange cannot be written; the nearest honest answer is an internal error.
        return this.rendered(
          reply,
          WireReply.empty(ending.status >= 200 && ending.status <= 599 ? ending.status : 500),
        );
      case 'drop':
        return this.dropped(reply, ending.mode);
    }
  }

  private failure(
    request: FastifyRequest,
    reply: FastifyReply,
    { code, detail }: Extract<Ending, { kind: 'fail' }>,
    operation?: string,
  ): Written {
    const call = failedCall(request, operation);
    const catalogue = this.catalogues.for(operation, call);
    const name = catalogue.names.includes(code) ? code : catalogue.problems.internal;
    if (name !== code) this.logger.error('error.not-in-catalogue', { protocol: catalogue.protocol, code });
    return this.rendered(
      reply,
      this.render(() => catalogue.render(name, detail, call), call),
    );
  }

  private render(render: () => RenderedReply, call: FailedCall): RenderedReply {
    try {
      return render();
    } catch (failure) {
      this.logger.error('error.not-rendered', { url: call.url, failure: String(failure) });
      return WireReply.empty(500);
    }
  }

  private rendered(reply: FastifyReply, { status, headers, body }: RenderedReply): Written {
    void reply.code(status).headers(headers).send(body);
    return { status, body };
  }

  private dropped(reply: FastifyReply, mode: DropMode): Written {
    reply.hijack();
    const { socket } = reply.raw;
    if (mode === 'reset') socket?.resetAndDestroy();
    if (mode === 'empty-reply') socket?.end();
    return { status: 0, body: '' };
  }
}
