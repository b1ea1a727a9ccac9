import { Controller, Delete, Get, HttpCode, Query, Req, Res, Sse } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { checked, Readiness } from '@poligon/emulator-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { filter, map, type Observable } from 'rxjs';
import { Inbox } from '../state/inbox.js';
import { isWanted, shown, type InboxMessage } from '../state/inbox-message.js';
import { listSchema, MAX_WAIT_MS, purgeSchema, streamSchema, waitSchema } from './inbox-query.js';

/** What handsets received: the only place where one-time codes can be read. */
@ApiTags('inbox')
@Controller('__admin/inbox')
export class InboxController {
  constructor(
    private readonly inbox: Inbox,
    private readonly readiness: Readiness,
  ) {}

  @Get('wait')
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
    const { socket } = request.raw;
    const leave = () => gone.abort();
    socket.once('close', leave);
    // The reader asks again, and another replica answers.
    const { stopping } = this.readiness;
    stopping.addEventListener('abort', leave);
    if (stopping.aborted) leave();
    const asked = { ...rest, sinceMs: since, consume: consume === 'true' };
    const message = await this.inbox.wait(asked, timeoutMs, gone.signal);
    // Connections are kept alive: a listener left behind for every wait would pile up.
    socket.off('close', leave);
    stopping.removeEventListener('abort', leave);
    if (message !== undefined) return { message };
    reply.code(204);
    return undefined;
  }

  @Get()
  @ApiOperation({ summary: 'texts of a phone, oldest first; of all phones, newest first; and the newest position' })
  @ApiQuery({ name: 'phone', required: false })
  @ApiQuery({ name: 'contains', required: false, description: 'part of the text' })
  @ApiQuery({ name: 'sender', required: false })
  @ApiQuery({ name: 'after', required: false })
  @ApiQuery({ name: 'since', required: false })
  @ApiQuery({ name: 'limit', required: false })
  async list(@Query() query: unknown) {
    const { phone, limit, since, ...rest } = checked(listSchema, query);
    const isFiltered = Object.values({ since, ...rest }).some((given) => given !== undefined);
    if (phone !== undefined && !isFiltered) {
      const messages = await this.inbox.list(phone);
      return { last: await this.inbox.position(), messages: messages.slice(-limit) };
    }
    const found = await this.inbox.search({ ...rest, sinceMs: since }, limit, phone);
    return { last: await this.inbox.position(), messages: found };
  }

  @Sse('stream')
  @ApiOperation({ summary: 'texts as they arrive, as server-sent events' })
  @ApiQuery({ name: 'phone', required: false, description: 'one phone or several, comma separated; all when omitted' })
  @ApiQuery({ name: 'contains', required: false })
  @ApiQuery({ name: 'sender', required: false })
  stream(@Query() query: unknown): Observable<{ id: string; data: InboxMessage }> {
    const { phone: phones, ...rest } = checked(streamSchema, query);
    return this.inbox.stream.pipe(
      filter(
        (text) =>
          (phones === undefined || phones.has(text.message.phone)) && isWanted(text, { ...rest, consume: false }),
      ),
      map((text) => ({ id: String(text.seq), data: shown(text) })),
    );
  }

  @Get('stats')
  @ApiOperation({ summary: 'texts kept, readers waiting' })
  async stats() {
    return { last: await this.inbox.position(), kept: this.inbox.size, waiting: this.inbox.waiting };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'forgets the texts of a phone, or of all phones that begin with a prefix' })
  @ApiQuery({ name: 'phone', required: false })
  @ApiQuery({ name: 'prefix', required: false, description: 'first digits, e.g. 7943' })
  async purge(@Query() query: unknown): Promise<void> {
    const { phone, prefix } = checked(purgeSchema, query);
    await this.inbox.purge(phone ?? prefix!);
  }
}
