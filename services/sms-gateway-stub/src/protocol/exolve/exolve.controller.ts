import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Account } from '../../domain/account.js';
import { recipientPhone } from '../../domain/phone.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { described } from '../http/described.js';
import { bodyOf, checkedBody, peek } from '../http/json-body.js';
import { jsonReply } from '../http/json-reply.js';
import { exolveRefusals } from './exolve.errors.js';

const text = (max: number) =>
  z
    .union([z.string(), z.number()], { error: 'required' })
    .transform(String)
    .pipe(z.string().min(1, 'required').max(max));
const sendSchema = z.object({
  number: text(50),
  destination: text(40),
  text: text(5000),
  template_resource_id: z.union([z.string(), z.number()]).optional(),
});
const LISTED = 100;
const about = described(
  (request) => peek(bodyOf(request), 'destination'),
  (request) => peek(bodyOf(request), 'number'),
);

/** MTS Exolve messaging (section 2.4): all calls are POST. */
@Controller('messaging/v1')
export class ExolveController {
  constructor(private readonly desk: DialectDesk) {}

  @Post('SendSMS')
  @HttpCode(200)
  @Operation('exolve.send', { about: 'accepts a message for sending', ...about })
  async send(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const account = this.account(request);
    const sms = checkedBody(sendSchema, bodyOf(request), 'bad-request');
    const phone = recipientPhone(sms.destination);
    if (phone === undefined)
      throw new ProtocolError('bad-request', { field: 'destination', reason: 'not a phone number' });
    const recipients = [{ phone, text: sms.text }];
    const [sent] = await this.desk.send({ account, sender: sms.number, recipients }, exchange);
    if (sent?.message === undefined) throw new ProtocolError(exolveRefusals[sent!.refusal!] ?? 'forbidden');
    return jsonReply(exchange, { message_id: String(sent.message.id) });
  }

  @Post('GetList')
  @Operation('exolve.list', { about: 'lists messages', ...about })
  async list(@Req() request: FastifyRequest): Promise<WireReply> {
    const messages = await this.desk.list(this.account(request), {}, LISTED);
    return WireReply.json({
      messages: messages.map(({ id, phone, sender, text: body, state, acceptedAtMs }) => ({
        message_id: String(id),
        number: sender,
        destination: phone,
        text: body,
        status: state,
        date: new Date(acceptedAtMs).toISOString(),
      })),
    });
  }

  @Post('GetCount')
  @Operation('exolve.count', { about: 'counts messages', ...about })
  async count(@Req() request: FastifyRequest): Promise<WireReply> {
    return WireReply.json({ count: (await this.desk.list(this.account(request), {}, 100_000)).length });
  }

  @Post('GetAlphaNames')
  @Operation('exolve.names', { about: 'lists sender names', ...about })
  names(@Req() request: FastifyRequest): WireReply {
    return WireReply.json({ alpha_names: this.account(request).senders.map((name) => ({ alpha_name: name })) });
  }

  @Post(['CreateTemplate', 'GetTemplate', 'GetTemplates'])
  @Operation('exolve.templates', { about: 'answers template methods with an empty list', ...about })
  templates(@Req() request: FastifyRequest): WireReply {
    this.account(request);
    return WireReply.json({ templates: [] });
  }

  private account(request: FastifyRequest): Account {
    return this.desk.byBearer(request, 'exolve', 'unauthorized');
  }
}
