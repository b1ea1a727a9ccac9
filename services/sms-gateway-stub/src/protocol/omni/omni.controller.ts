import { Controller, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Account } from '../../domain/account.js';
import { recipientPhone } from '../../domain/phone.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { described } from '../http/described.js';
import { bodyOf, checkedBody, peek } from '../http/json-body.js';
import { jsonReply } from '../http/json-reply.js';
import { numberUuid, uuidNumber } from '../http/number-uuid.js';
import { omniEvent } from './omni.callback.js';
import { omniRefusals } from './omni.errors.js';

const sender = z.object({ sms_address: z.string().min(1).max(50) });
const messageSchema = z.object({
  content: z.object({ short_text: z.string({ error: 'required' }).min(1, 'required').max(5000) }),
  from: sender.optional(),
  to: z
    .array(
      z.object({
        msisdn: z.union([z.string(), z.number()]).transform(String),
        message_id: z.string().max(100).optional(),
      }),
    )
    .min(1)
    .max(1000),
});
const sendSchema = z.object({
  messages: z.array(messageSchema).min(1).max(1000),
  options: z.object({ from: sender.optional() }).optional(),
});
const infoSchema = z.object({ int_ids: z.array(z.string().max(100)).min(1).max(1000) });
const about = described((request) => peek(bodyOf(request), 'messages', 0, 'to', 0, 'msisdn'));

/** MTS Communicator, Marketolog (section 2.5). */
@Controller('http-api/v1/messages')
export class OmniController {
  constructor(private readonly desk: DialectDesk) {}

  @Post()
  @Operation('omni.send', { about: 'accepts messages for sending', ...about })
  async send(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const account = this.account(request);
    const { messages, options } = checkedBody(sendSchema, bodyOf(request), 'bad-request');
    const accepted: { internal_id: string; msisdn: string }[] = [];
    for (const { content, from, to } of messages) {
      const name = (from ?? options?.from)?.sms_address;
      if (name === undefined) throw new ProtocolError('bad-request', { field: 'from', reason: 'required' });
      const recipients = to.map(({ msisdn, message_id }) => ({
        phone: phoneOf(msisdn),
        text: content.short_text,
        clientId: message_id,
      }));
      for (const { message, refusal } of await this.desk.send({ account, sender: name, recipients }, exchange)) {
        if (message === undefined) throw new ProtocolError(omniRefusals[refusal!] ?? 'forbidden');
        accepted.push({ internal_id: numberUuid(message.id), msisdn: message.phone });
      }
    }
    return jsonReply(exchange, { messages: accepted });
  }

  @Post('info')
  @Operation('omni.info', { about: 'tells what became of messages', ...about })
  async info(@Req() request: FastifyRequest): Promise<WireReply> {
    const account = this.account(request);
    const { int_ids: ids } = checkedBody(infoSchema, bodyOf(request), 'bad-request');
    const found = await Promise.all(ids.map((id) => this.desk.find(account, uuidNumber(id))));
    return WireReply.json({
      events_info: found.map((message, at) => ({
        events_info: message === undefined ? [] : [omniEvent(message)],
        key: ids[at],
      })),
    });
  }

  @Post('balanceManagement/balance/full')
  @Operation('omni.balance', { about: 'tells the account balance', ...about })
  balance(@Req() request: FastifyRequest): WireReply {
    return WireReply.json({ balance: Math.round(this.account(request).balance * 100) / 100 });
  }

  private account(request: FastifyRequest): Account {
    const { authorization } = request.headers;
    if (/^basic /i.test(authorization ?? '')) return this.desk.byBasic(request, 'omni', 'unauthorized');
    return this.desk.byBearer(request, 'omni', 'unauthorized');
  }
}

/** @throws ProtocolError `bad-request` */
function phoneOf(msisdn: string): string {
  const phone = recipientPhone(msisdn);
  if (phone === undefined) throw new ProtocolError('bad-request', { field: 'msisdn', reason: 'not a phone number' });
  return phone;
}
