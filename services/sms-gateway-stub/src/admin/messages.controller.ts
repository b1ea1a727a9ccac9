import { Controller, Get, HttpCode, Param, Post, Query, Body } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AdminError, bodySchema, checked } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { Message } from '../domain/message.js';
import { Gateway } from '../flow/gateway.js';
import { MessageStore } from '../state/message.store.js';
import { instant, phoneSchema, whole } from './inbox-query.js';

const STATES = [
  'queued',
  'sent',
  'delivered',
  'read',
  'expired',
  'undeliverable',
  'rejected',
  'deleted',
  'unknown',
] as const;
const listSchema = z.object({
  phone: phoneSchema.optional(),
  dialect: z.string().max(20).optional(),
  account: z.string().max(100).optional(),
  sender: z.string().max(50).optional(),
  state: z.enum(STATES, { error: `must be one of ${STATES.join(', ')}` }).optional(),
  text: z.string().max(500).optional(),
  from: instant.optional(),
  to: instant.optional(),
  limit: whole(10_000).default(100),
});
const settleSchema = z.strictObject({
  state: z.enum(STATES, { error: `must be one of ${STATES.join(', ')}` }),
  error: z.number().int().min(0).max(255).default(0),
});
const FILTERS = ['phone', 'dialect', 'account', 'sender', 'state', 'text', 'from', 'to', 'limit'];

/** What clients sent: the gateway's side of messages. */
@ApiTags('messages')
@Controller('__admin/messages')
export class MessagesController {
  constructor(
    private readonly store: MessageStore,
    private readonly gateway: Gateway,
  ) {}

  @Get()
  @ApiOperation({ summary: `accepted messages with their states, newest first; filters: ${FILTERS.join(', ')}` })
  @ApiQuery({ name: 'phone', required: false })
  @ApiQuery({ name: 'text', required: false, description: 'part of the text' })
  @ApiQuery({ name: 'limit', required: false })
  async list(@Query() query: unknown) {
    return { messages: (await this.found(query)).map(shown) };
  }

  @Get('export.csv')
  @ApiOperation({ summary: 'the same list as CSV' })
  async csv(@Query() query: unknown): Promise<string> {
    const rows = (await this.found(query)).map((message) => COLUMNS.map((column) => cell(message[column])).join(','));
    return [COLUMNS.join(','), ...rows, ''].join('\r\n');
  }

  @Post(':id/state')
  @HttpCode(200)
  @ApiOperation({ summary: 'moves a message to a state by hand; clients are told' })
  @ApiBody(bodySchema(settleSchema))
  async settle(@Param('id') id: string, @Body() body: unknown) {
    const { state, error } = checked(settleSchema, body);
    const message = await this.store.find(Number(id));
    if (message === undefined) throw new AdminError(404, `no message ${id.slice(0, 20)}`);
    if (!this.gateway.settle(message, state, error))
      throw new AdminError(409, `message ${id} is ${message.state} already`);
    return shown(message);
  }

  private async found(query: unknown): Promise<readonly Message[]> {
    const { limit, from, to, ...filter } = checked(listSchema, query);
    return this.store.recent({ ...filter, fromMs: from, toMs: to }, limit);
  }
}

const COLUMNS = [
  'id',
  'dialect',
  'account',
  'phone',
  'sender',
  'state',
  'error',
  'segments',
  'cost',
  'acceptedAtMs',
  'text',
] as const;

/** A message without what only its door reads. */
function shown({ returnTo: _door, ...message }: Message): object {
  return message;
}

function cell(value: string | number): string {
  const text = String(value);
  // A spreadsheet must not take a text for a formula.
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
