import { All, Controller, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recipientPhone } from '../../domain/phone.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { bodyOf, checkedBody, peek } from '../http/json-body.js';
import { jsonReply } from '../http/json-reply.js';
import { smsaeroMessage, smsaeroOk, smsaeroStatus } from './smsaero-message.codec.js';
import { smsaeroDescribed } from './smsaero-sms.controller.js';

const codeSchema = z.object({
  number: z.union([z.string().max(40), z.number()], { error: 'required' }).transform(String),
  code: z
    .union([z.string(), z.number()], { error: 'required' })
    .transform(String)
    .pipe(z.string().regex(/^\d{4,8}$/, '4 to 8 digits')),
  sign: z.string().max(50).default('SMS Aero'),
});

/** Codes by telegram, mobile-id and flash call (section 2.3): the inbox shows them as texts. */
@Controller('v2')
export class SmsaeroCodeController {
  constructor(private readonly desk: DialectDesk) {}

  @All(['telegram/send', 'flashcall/send', 'mobile-id/send'])
  @Operation('smsaero.code-send', { about: 'sends a code by another channel', ...smsaeroDescribed })
  async send(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const account = this.desk.byBasic(request, 'smsaero', 'unauthorized');
    const { number, code, sign } = checkedBody(codeSchema, withCode(bodyOf(request)), 'validation');
    const phone = recipientPhone(number);
    if (phone === undefined) throw new ProtocolError('validation', { field: 'number', reason: 'incorrect number' });
    const recipients = [{ phone, text: `Код: ${code}` }];
    const [sent] = await this.desk.send({ account, sender: sign, recipients }, exchange);
    if (sent?.message === undefined) throw new ProtocolError('stop-list');
    return jsonReply(exchange, smsaeroOk(smsaeroMessage(sent.message)));
  }

  @All(['telegram/status', 'flashcall/status', 'flashcall/list', 'mobile-id/status', 'mobile-id/verify'])
  @Operation('smsaero.code-status', { about: 'tells what became of a code', ...smsaeroDescribed })
  async status(@Req() request: FastifyRequest): Promise<WireReply> {
    const account = this.desk.byBasic(request, 'smsaero', 'unauthorized');
    const message = await this.desk.find(account, Number(peek(bodyOf(request), 'id')));
    if (message === undefined) throw new ProtocolError('not-found');
    return WireReply.json(smsaeroOk(smsaeroStatus(message)));
  }
}

/** mobile-id names the code by the channel it falls back to. */
function withCode(body: unknown): unknown {
  const given = Object(body) as Record<string, unknown>;
  return { ...given, code: given['code'] ?? given['codeSms'] };
}
