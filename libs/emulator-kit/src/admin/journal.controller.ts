import { Controller, Get, Query, Sse } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { map, type Observable } from 'rxjs';
import { z } from 'zod';
import { operationPattern } from '../faults/operation-pattern.js';
import { Journal, type JournalEntry } from '../journal/journal.js';
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
  constructor(private readonly journal: Journal) {}

  @Get()
  @ApiOperation({ summary: 'recorded exchanges; `wait` holds the call until one comes' })
  @ApiQuery({ name: 'operation', required: false, description: 'name or pattern with *' })
  @ApiQuery({ name: 'subject', required: false, description: 'subject key' })
  @ApiQuery({ name: 'since', required: false, description: 'entries after this sequence number' })
  @ApiQuery({ name: 'wait', required: false, description: `milliseconds, at most ${MAX_WAIT_MS}` })
  @ApiQuery({ name: 'limit', required: false, description: 'at most 10000' })
  async read(@Query() query: unknown) {
    const { wait, ...rest } = checked(querySchema, query);
    const entries = await this.journal.wait({ ...rest, operation: patternOf(rest.operation) }, wait);
    return { last: this.journal.last, entries };
  }

  @Sse('stream')
  @ApiOperation({ summary: 'exchanges as server-sent events' })
  stream(@Query() query: unknown): Observable<{ id: string; data: JournalEntry }> {
    const { operation, subject } = checked(querySchema, query);
    return this.journal
      .stream({ operation: patternOf(operation), subject })
      .pipe(map((entry) => ({ id: String(entry.seq), data: entry })));
  }
}

function patternOf(operation: string | undefined): ((operation: string) => boolean) | undefined {
  return operation === undefined ? undefined : operationPattern(operation);
}
