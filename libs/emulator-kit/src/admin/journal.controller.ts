import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { once } from 'node:events';
import { z } from 'zod';
import { Readiness } from '../runtime/readiness.js';
import { operationPattern } from '../faults/operation-pattern.js';
import { feedJournal, type FeedSink } from '../journal/journal-feed.js';
import { Journal } from '../journal/journal.js';
import { checked } from './admin-error.js';

const MAX_WAIT_MS = 60_000;
const whole = (max: number) => z.coerce.number().int('must be a whole number').min(0).max(max, `must be 0..${max}`);

const querySchema = z.object({
  operation: z.string().max(200).optional(),
  subject: z.string().max(200).optional(),
  since: whole(Number.MAX_SAFE_INTEGER).default(0),
  wait: whole(MAX_WAIT_MS).default(0),
  limit: whole(10_000).default(1000),
});

/** What arrived, what was decided, what was answered. */
@ApiTags('journal')
@Controller('__admin/journal')
export class JournalController {
  constructor(
    private readonly journal: Journal,
    private readonly readiness: Readiness,
  ) {}

  @Get()
  @ApiOperation({ summary: 'recorded exchanges; `wait` holds the call until one comes' })
  @ApiQuery({ name: 'operation', required: false, description: 'name or pattern with *' })
  @ApiQuery({ name: 'subject', required: false, description: 'subject key' })
  @ApiQuery({ name: 'since', required: false, description: 'entries after this sequence number' })
  @ApiQuery({ name: 'wait', required: false, description: `milliseconds, at most ${MAX_WAIT_MS}` })
  @ApiQuery({ name: 'limit', required: false, description: 'at most 10000' })
  async read(@Query() query: unknown) {
    const { wait, ...rest } = checked(querySchema, query);
    const asked = { ...rest, operation: patternOf(rest.operation) };
    const entries = await this.journal.wait(asked, wait, this.readiness.stopping);
    return { last: this.journal.last, entries };
  }

  @Get('stream')
  @ApiOperation({ summary: 'exchanges as server-sent events, from now on or after `since` or `Last-Event-ID`' })
  @ApiQuery({ name: 'operation', required: false, description: 'name or pattern with *' })
  @ApiQuery({ name: 'subject', required: false, description: 'subject key' })
  @ApiQuery({ name: 'since', required: false, description: 'entries after this sequence number' })
  async stream(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const given = typeof query === 'object' && query !== null && 'since' in query ? query.since : undefined;
    const since = given ?? request.headers['last-event-id'] ?? String(this.journal.last);
    const { operation, subject, since: position } = checked(querySchema, { ...(query as object), since });
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const wanted = { operation: patternOf(operation), subject };
    await feedJournal(this.journal, wanted, { since: position, sink: sinkOf(reply) });
  }
}

function sinkOf({ raw }: FastifyReply): FeedSink {
  return {
    get isOpen() {
      return !raw.destroyed && !raw.closed;
    },
    write: async (text) => {
      if (raw.write(text) || raw.destroyed) return;
      const closed = new AbortController();
      await Promise.race([
        once(raw, 'drain', { signal: closed.signal }).catch(() => undefined),
        once(raw, 'close', { signal: closed.signal }).catch(() => undefined),
      ]);
      closed.abort();
    },
  };
}

function patternOf(operation: string | undefined): ((operation: string) => boolean) | undefined {
  return operation === undefined ? undefined : operationPattern(operation);
}
