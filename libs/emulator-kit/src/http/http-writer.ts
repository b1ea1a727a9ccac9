import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Catalogues, type FailedCall, type RenderedReply } from '../exchange/error-catalogue.js';
import type { DropMode, Ending, ReplyShape } from '../exchange/exchange.js';
import { writePaced } from '../exchange/paced-write.js';
import { replyPlan, type ReplyPlan } from '../exchange/reply-plan.js';
import { Clock } from '../runtime/clock.js';
import { Logger } from '../runtime/logger.js';
import { failedCall } from './failed-call.js';
import { WireReply } from './wire-reply.js';

/** What was written, for the journal. */
export interface Written {
  readonly status: number;
  readonly body: string | Buffer;
}

const NO_SHAPES: readonly ReplyShape[] = [];

/** Turns outcomes of exchanges into bytes on an HTTP connection. */
@Injectable()
export class HttpWriter {
  constructor(
    private readonly catalogues: Catalogues,
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {}

  /** Sends what a controller method returned, shaped by the faults that struck. */
  value(reply: FastifyReply, value: unknown, shapes = NO_SHAPES): Written {
    return this.rendered(reply, value instanceof WireReply ? value : WireReply.json(value ?? null), shapes);
  }

  /** Sends what a rule or a domain error decided. */
  ending(
    request: FastifyRequest,
    reply: FastifyReply,
    ending: Ending,
    { operation, shapes = NO_SHAPES }: { operation?: string; shapes?: readonly ReplyShape[] } = {},
  ): Written {
    switch (ending.kind) {
      case 'fail':
        return this.rendered(reply, this.failure(failedCall(request, operation), ending), shapes);
      case 'status':
        // A status that does not end an HTTP exchange cannot be written; the nearest honest answer is an internal error.
        return this.rendered(
          reply,
          WireReply.empty(ending.status >= 200 && ending.status <= 599 ? ending.status : 500),
          shapes,
        );
      case 'drop':
        return this.dropped(reply, ending.mode);
    }
  }

  private failure(call: FailedCall, { code, detail }: Extract<Ending, { kind: 'fail' }>): RenderedReply {
    const catalogue = this.catalogues.for(call.operation, call);
    const name = catalogue.names.includes(code) ? code : catalogue.problems.internal;
    if (name !== code) this.logger.error('error.not-in-catalogue', { protocol: catalogue.protocol, code });
    try {
      return catalogue.render(name, detail, call);
    } catch (failure) {
      this.logger.error('error.not-rendered', { url: call.url, failure: String(failure) });
      return WireReply.empty(500);
    }
  }

  private rendered(reply: FastifyReply, rendered: RenderedReply, shapes: readonly ReplyShape[]): Written {
    const { status, headers, body } = rendered;
    if (shapes.length > 0) return this.shaped(reply, rendered, shapes);
    void reply.code(status).headers(headers).send(body);
    return { status, body };
  }

  private shaped(
    reply: FastifyReply,
    { status, headers, body }: RenderedReply,
    shapes: readonly ReplyShape[],
  ): Written {
    const plan = replyPlan(Buffer.isBuffer(body) ? body : Buffer.from(body), shapes);
    reply.hijack();
    this.send(reply, plan, { status, headers }).catch((failure: unknown) => {
      this.logger.error('reply.not-sent', { failure: String(failure) });
      reply.raw.socket?.destroy();
    });
    return { status: plan.isBare ? 0 : status, body: plan.bytes };
  }

  private async send(reply: FastifyReply, plan: ReplyPlan, head: Omit<RenderedReply, 'body'>): Promise<void> {
    const { raw } = reply;
    const { socket } = raw;
    if (!plan.isBare) {
      const hasBody = head.status !== 204 && head.status !== 304;
      const framing = hasBody ? { 'content-length': String(plan.announcedBytes) } : {};
      raw.writeHead(head.status, { ...head.headers, ...framing });
      raw.flushHeaders();
    }
    const target = plan.isBare ? socket : raw;
    const sink = {
      get isOpen() {
        return socket !== null && !socket.destroyed;
      },
      write: (chunk: Buffer) => void target?.write(chunk),
    };
    await writePaced(plan.bytes, plan.bytesPerSecond, { sink, clock: this.clock });
    if (plan.closes) socket?.end();
    else raw.end();
  }

  private dropped(reply: FastifyReply, mode: DropMode): Written {
    reply.hijack();
    const { socket } = reply.raw;
    if (mode === 'reset') socket?.resetAndDestroy();
    if (mode === 'empty-reply') socket?.end();
    return { status: 0, body: '' };
  }
}
