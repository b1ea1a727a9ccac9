import { Controller, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recipientPhone } from '../../domain/phone.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { described } from '../http/described.js';
import { bodyOf, checkedBody, peek } from '../http/json-body.js';
import { jsonReply } from '../http/json-reply.js';
import { megafonRefusals } from './megafon.errors.js';

const sendSchema = z.object({
  from: z.string({ error: 'required' }).min(1, 'required').max(50),
  to: z.number({ error: 'must be a number' }).int().positive(),
  message: z.string({ error: 'required' }).min(1, 'required').max(5000),
  callback_url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  msg_id: z
    .union([z.string().max(100), z.number()])
    .transform(String)
    .optional(),
});

/** MegaFon A2P (section 2.7): `to` is a number. */
@Controller('sms/v1')
export class MegafonController {
  constructor(private readonly desk: DialectDesk) {}

  @Post('sms')
  @Operation('megafon.send', {
    about: 'accepts a message for sending',
    ...described((request) => peek(bodyOf(request), 'to')),
  })
  async send(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const account = this.desk.byBasic(request, 'megafon', 'unauthorized');
    const sms = checkedBody(sendSchema, bodyOf(request), 'bad-request');
    const phone = recipientPhone(String(sms.to));
    if (phone === undefined) throw new ProtocolError('bad-number');
    const returnTo = { callbackUrl: sms.callback_url };
    const recipients = [{ phone, text: sms.message, clientId: sms.msg_id, returnTo }];
    const [sent] = await this.desk.send({ account, sender: sms.from, recipients }, exchange);
    if (sent?.message === undefined) throw new ProtocolError(megafonRefusals[sent!.refusal!] ?? 'bad-request');
    const msg_id = sms.msg_id ?? String(sent.message.id);
    return jsonReply(exchange, { result: { msg_id, status: { code: 0, description: 'ok' } } });
  }
}
