import { Controller, Delete, Get, HttpCode, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AdminError, checked } from '@poligon/emulator-kit';
import { normalisePhone } from '@poligon/people';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Inbox } from '../state/inbox.js';
import type { InboxMessage } from '../state/inbox-message.js';
import { MessageStore } from '../state/message.store.js';

const MAX_WAIT_MS = 120_000;

const phone = z.string({ error: 'required' }).transform((text, context) => {
  const normal = normalisePhone(text);
  if (normal !== undefined) return normal;
  context.addIssue({ code: 'custom', message: 'must be a Russian phone number' });
  return z.NEVER;
});
const whole = (max: number) =>
  z.coerce.number({ error: 'must be a number' }).int().min(0).max(max, `must be 0..${max}`);

const waitSchema = z.object({
  phone,
  after: whole(Number.MAX_SAFE_INTEGER).optional(),
  since: z.iso.datetime({ offset: true, error: 'must be an ISO 8601 instant' }).optional(),
  contains: z.string().max(500).optional(),
  sender: z.string().max(50).optional(),
  timeoutMs: whole(MAX_WAIT_MS).default(30_000),
  consume: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
});
const listSchema = z.object({ phone: phone.optional(), limit: whole(1000).default(100) });

/** What handsets received: the only place where one-time codes can be read. */
@ApiTags('inbox')
@Controller('__admin')
export class InboxController {
  constructor(
    private readonly inbox: Inbox,
    private readonly store: MessageStore,
  ) {}

  @Get('inbox/wait')
  @ApiOperation({ summary: 'newest matching text of a phone, waiting for it; 204 when none came' })
  @ApiQuery({ name: 'phone', description: 'any usual form' })
  @ApiQuery({ name: 'after', required: false, description: 'only texts after this position' })
  @ApiQuery({ name: 'since', required: false, description: 'only texts that arrived at this instant or later' })
  @ApiQuery({ name: 'contains', required: false })
  @ApiQuery({ name: 'sender', required: false })
  @ApiQuery({ name: 'timeoutMs', required: false, description: `at most ${MAX_WAIT_MS}` })
  @ApiQuery({ name: 'consume', required: false, description: 'true: the text is given to nobody else' })
  async wait(
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ message: InboxMessage } | undefined> {
    const { since, timeoutMs, consume, ...rest } = checked(waitSchema, query);
    const gone = new AbortController();
    request.raw.socket.once('close', () => gone.abort());
    const sinceMs = since === undefined ? undefined : Date.parse(since);
    const message = await this.inbox.wait({ ...rest, sinceMs, consume: consume === 'true' }, timeoutMs, gone.signal);
    if (message !== undefined) return { message };
    reply.code(204);
    return undefined;
  }

  @Get('inbox')
  @ApiOperation({ summary: 'texts of a phone, oldest first, and the newest position' })
  @ApiQuery({ name: 'phone', required: true })
  list(@Query() query: unknown) {
    const { phone: number } = checked(listSchema, query);
    if (number === undefined) throw new AdminError(400, 'phone: required');
    return { last: this.inbox.last, messages: this.inbox.list(number) };
  }

  @Delete('inbox')
  @HttpCode(204)
  @ApiOperation({ summary: 'forgets the texts of a phone' })
  @ApiQuery({ name: 'phone', required: true })
  purge(@Query() query: unknown): void {
    const { phone: number } = checked(listSchema, query);
    if (number === undefined) throw new AdminError(400, 'phone: required');
    this.inbox.purge(number);
  }

  @Get('messages')
  @ApiOperation({ summary: 'accepted messages with their states, newest first' })
  @ApiQuery({ name: 'phone', required: false })
  @ApiQuery({ name: 'limit', required: false })
  async messages(@Query() query: unknown) {
    const { phone: number, limit } = checked(listSchema, query);
    const messages = await this.store.recent({ phone: number }, limit);
    return { messages: messages.map(({ returnTo: _door, ...shown }) => shown) };
  }
}
