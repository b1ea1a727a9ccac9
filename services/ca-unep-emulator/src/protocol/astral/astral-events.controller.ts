import { Body, Controller, Get, Inject, Post, Query, Req, UseInterceptors } from '@nestjs/common';
import { CONFIG, CurrentExchange, Exchange, Operation } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CaConfig } from '../../config.js';
import { Refusal } from '../../domain/refusal.js';
import { DEFAULT_TENANT } from '../../flow/tenants.js';
import { checkedBody } from '../checked-body.js';
import { hasClientCertificate } from '../client-certificate.js';
import { isSameSecret } from '../credentials.js';
import { RefusalInterceptor } from '../refusal.interceptor.js';
import { astralOperation, astralSubject, OPERATIONS } from './astral-facts.js';
import { AstralInbox } from './astral-inbox.js';
import { AstralOutbox } from './astral-outbox.js';
import { eventOnWire } from './result-event.codec.js';

const pageSchema = z.object({
  after: z.string().min(1).max(100).optional(),
  limit: z.coerce
    .number({ error: 'ожидается целое число 1..1000' })
    .int('ожидается целое число 1..1000')
    .min(1, 'ожидается целое число 1..1000')
    .max(1000, 'ожидается целое число 1..1000')
    .default(100),
});

/** Events of the Астрал profile, both ways (section 2.1). */
@Controller('astral/api/v1/events')
@UseInterceptors(RefusalInterceptor)
export class AstralEventsController {
  constructor(
    private readonly inbox: AstralInbox,
    private readonly outbox: AstralOutbox,
    @Inject(CONFIG) private readonly config: Pick<CaConfig, 'astralToken'>,
  ) {}

  @Post()
  @Operation('astral.event', {
    about: 'takes in an event of HRlink; its type decides the operation',
    also: Object.values(OPERATIONS),
    refine: astralOperation,
    subject: astralSubject,
  })
  receive(@Req() request: FastifyRequest, @Body() body: unknown, @CurrentExchange() exchange: Exchange) {
    this.authorise(request);
    return this.inbox.receive(body, exchange);
  }

  @Get()
  @Operation('astral.poll', { about: 'result events after a given one' })
  async poll(@Req() request: FastifyRequest, @Query() query: unknown) {
    this.authorise(request);
    const { after, limit } = checkedBody(pageSchema, query);
    return { events: (await this.outbox.page(DEFAULT_TENANT, after, limit)).map(eventOnWire) };
  }

  /** A certificate proved over TLS stands for the token. */
  private authorise(request: FastifyRequest): void {
    if (hasClientCertificate(request)) return;
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || !isSameSecret(token, this.config.astralToken)) {
      throw new Refusal('unauthorized', 'требуется действительный токен');
    }
  }
}
