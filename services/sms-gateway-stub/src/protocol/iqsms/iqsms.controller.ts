import { Controller, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Account } from '../../domain/account.js';
import type { Message, MessageState } from '../../domain/message.js';
import { recipientPhone } from '../../domain/phone.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { described } from '../http/described.js';
import { bodyOf, checkedBody, peek } from '../http/json-body.js';
import { jsonReply } from '../http/json-reply.js';
import { IQSMS_STATUS } from './iqsms.errors.js';
import { IqsmsQueues } from './iqsms-queues.js';

const text = z.union([z.string(), z.number()], { error: 'required' }).transform(String);
const credentials = {
  login: z.string({ error: 'required' }).max(100),
  password: z.string({ error: 'required' }).max(200),
};
const messageSchema = z.object({
  phone: text,
  sender: z.string().max(50).default(''),
  clientId: text.pipe(z.string().min(1, 'required').max(100)),
  text: z.string().max(5000).default(''),
});
type IqsmsMessage = z.output<typeof messageSchema>;
const sendSchema = z.object({
  ...credentials,
  scheduleTime: z.iso.datetime({ offset: true }).optional(),
  statusQueueName: z
    .string()
    .regex(/^[a-z0-9]{3,16}$/i, 'must be 3..16 letters and digits')
    .optional(),
  showBillingDetails: z.boolean().optional(),
  messages: z.array(messageSchema, { error: 'required' }).min(1).max(200),
});
const statusSchema = z.object({
  ...credentials,
  messages: z
    .array(z.object({ clientId: text.optional(), smscId: text }))
    .min(1)
    .max(200),
});
const queueSchema = z.object({
  ...credentials,
  statusQueueName: z.string().max(16),
  statusQueueLimit: z.coerce.number().int().min(1).max(1000).default(5),
});
const accountSchema = z.object(credentials);

/** Words of section 4. */
const STATES: Readonly<Record<MessageState, string>> = {
  queued: 'queued',
  sent: 'smsc submit',
  delivered: 'delivered',
  read: 'delivered',
  expired: 'delivery error',
  undeliverable: 'delivery error',
  deleted: 'delivery error',
  rejected: 'smsc reject',
  unknown: 'incorrect id',
};
const about = described(
  (request) => peek(bodyOf(request), 'messages', 0, 'phone'),
  (request) => peek(bodyOf(request), 'login'),
);

/** iqsms, SMS Discount (section 2.9). */
@Controller('messages/v2')
export class IqsmsController {
  constructor(
    private readonly desk: DialectDesk,
    private readonly queues: IqsmsQueues,
  ) {}

  @Post('send.json')
  @Operation('iqsms.send', { about: 'accepts messages for sending', ...about })
  async send(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const call = checkedBody(sendSchema, bodyOf(request), 'bad-request');
    const account = this.account(request, call);
    const sendAtMs = call.scheduleTime === undefined ? undefined : Date.parse(call.scheduleTime);
    const messages: object[] = [];
    for (const message of call.messages) {
      messages.push(await this.one(account, message, { sendAtMs, queue: call.statusQueueName }, exchange));
    }
    const balance = call.showBillingDetails === true ? { balance: [balanceOf(account)] } : {};
    return jsonReply(exchange, { status: 'ok', messages, ...balance });
  }

  @Post('status.json')
  @Operation('iqsms.status', { about: 'tells what became of messages', ...about })
  async status(@Req() request: FastifyRequest): Promise<WireReply> {
    const call = checkedBody(statusSchema, bodyOf(request), 'bad-request');
    const account = this.account(request, call);
    const messages = await Promise.all(
      call.messages.map(async ({ clientId, smscId }) => {
        const message = await this.desk.find(account, Number(smscId));
        return {
          status: message === undefined ? 'incorrect id' : STATES[message.state],
          clientId,
          smscId: Number(smscId),
        };
      }),
    );
    return WireReply.json({ status: 'ok', messages });
  }

  @Post('statusQueue.json')
  @Operation('iqsms.status-queue', { about: 'hands over states of a queue', ...about })
  statusQueue(@Req() request: FastifyRequest): WireReply {
    const call = checkedBody(queueSchema, bodyOf(request), 'bad-request');
    const account = this.account(request, call);
    const messages = this.queues.take(account.login, call.statusQueueName, call.statusQueueLimit).map(shown);
    return WireReply.json({ status: 'ok', statusQueueName: call.statusQueueName, messages });
  }

  @Post('balance.json')
  @Operation('iqsms.balance', { about: 'tells the account balance', ...about })
  balance(@Req() request: FastifyRequest): WireReply {
    const account = this.account(request, checkedBody(accountSchema, bodyOf(request), 'bad-request'));
    return WireReply.json({ status: 'ok', balance: [balanceOf(account)] });
  }

  @Post('senders.json')
  @Operation('iqsms.senders', { about: 'lists sender names', ...about })
  senders(@Req() request: FastifyRequest): WireReply {
    const account = this.account(request, checkedBody(accountSchema, bodyOf(request), 'bad-request'));
    return WireReply.json({ status: 'ok', senders: account.senders.map((name) => ({ name, status: 'active' })) });
  }

  private async one(
    account: Account,
    { phone: given, sender, clientId, text: body }: IqsmsMessage,
    { sendAtMs, queue }: { sendAtMs: number | undefined; queue: string | undefined },
    exchange: Exchange,
  ): Promise<object> {
    const phone = recipientPhone(given);
    if (phone === undefined) return { status: 'invalid mobile phone', clientId };
    if (body === '') return { status: 'text is empty', clientId };
    const recipients = [{ phone, text: body, clientId, returnTo: { queue } }];
    const [sent] = await this.desk.send({ account, sender, sendAtMs, recipients }, exchange);
    if (sent?.message === undefined) return { status: IQSMS_STATUS[sent!.refusal!] ?? 'smsc reject', clientId };
    return { status: 'accepted', clientId, smscId: sent.message.id };
  }

  private account(request: FastifyRequest, { login, password }: { login: string; password: string }): Account {
    return this.desk.byPassword(request, 'iqsms', { login, password }, 'unauthorized');
  }
}

const shown = ({ state, clientId, id }: Message) => ({ status: STATES[state], clientId, smscId: id });
const balanceOf = ({ balance }: Account) => ({ type: 'RUB', balance: balance.toFixed(2), credit: '0.00' });
