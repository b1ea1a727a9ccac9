import { All, Controller, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recipientPhone } from '../../domain/phone.js';
import type { Account } from '../../domain/account.js';
import { DialectDesk, type SentRecipient } from '../http/dialect-desk.js';
import { described } from '../http/described.js';
import { fieldsOf } from '../http/fields.js';
import { bodyOf, checkedBody, peek } from '../http/json-body.js';
import { jsonReply } from '../http/json-reply.js';
import { smsaeroMessage, smsaeroOk, smsaeroStatus } from './smsaero-message.codec.js';
import { smsaeroRefusals } from './smsaero.errors.js';

const number = z.union([z.string().max(40), z.number()], { error: 'required' }).transform((given, context) => {
  const phone = recipientPhone(String(given));
  if (phone !== undefined) return phone;
  context.addIssue({ code: 'custom', message: 'incorrect number' });
  return z.NEVER;
});
const unix = z.coerce.number().int().min(0).max(9_999_999_999);
const sendSchema = z.object({
  number: number.optional(),
  numbers: z.array(number).min(1).max(10_000).optional(),
  sign: z.string({ error: 'required' }).min(1, 'required').max(50),
  text: z.string({ error: 'required' }).min(1, 'required').max(2000),
  dateSend: unix.optional(),
  callbackUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  callbackFormat: z.string().max(20).optional(),
});

const PAGE = 50;
const MAX_LISTED = 5000;
const fromBody = (request: FastifyRequest) => ({
  ...Object.fromEntries(fieldsOf(request)),
  ...(Object(bodyOf(request)) as object),
});
export const smsaeroDescribed = described(
  (request) => peek(fromBody(request), 'number') ?? peek(fromBody(request), 'numbers', 0),
);

/** `sms/*` (section 2.3); the test methods are the same without a handset. */
@Controller('v2/sms')
export class SmsaeroSmsController {
  constructor(private readonly desk: DialectDesk) {}

  @All('send')
  @Operation('smsaero.send', { about: 'accepts messages for sending', ...smsaeroDescribed })
  async send(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const account = this.account(request);
    const sms = checkedBody(sendSchema, withNumbers(request), 'validation');
    const phones = sms.numbers ?? (sms.number === undefined ? [] : [sms.number]);
    if (phones.length === 0) throw new ProtocolError('validation', { field: 'number', reason: 'required' });
    const returnTo = { callbackUrl: sms.callbackUrl, isJson: sms.callbackFormat?.toUpperCase() === 'JSON' };
    const sent = await this.desk.send(
      {
        account,
        sender: sms.sign,
        sendAtMs: sms.dateSend === undefined ? undefined : sms.dateSend * 1000,
        recipients: phones.map((phone) => ({ phone, text: sms.text, returnTo })),
      },
      exchange,
    );
    const accepted = sent.flatMap(({ message }) => (message === undefined ? [] : [smsaeroMessage(message)]));
    if (accepted.length === 0) throw new ProtocolError(entryOf(sent));
    return jsonReply(exchange, smsaeroOk(sms.numbers === undefined ? accepted[0] : accepted));
  }

  @All('status')
  @Operation('smsaero.status', { about: 'tells what became of a message', ...smsaeroDescribed })
  async status(@Req() request: FastifyRequest): Promise<WireReply> {
    const account = this.account(request);
    const message = await this.desk.find(account, Number(peek(fromBody(request), 'id')));
    if (message === undefined) throw new ProtocolError('not-found');
    return WireReply.json(smsaeroOk(smsaeroStatus(message)));
  }

  @All('list')
  @Operation('smsaero.list', { about: 'lists messages', ...smsaeroDescribed })
  async list(@Req() request: FastifyRequest): Promise<WireReply> {
    const account = this.account(request);
    const asked = fromBody(request);
    const page = Math.max(1, Math.trunc(Number(peek(asked, 'page') ?? '1')) || 1);
    const phone = recipientPhone(peek(asked, 'number') ?? '');
    const found = await this.desk.list(account, { phone, text: peek(asked, 'text') }, MAX_LISTED);
    return WireReply.json(smsaeroOk(pageOf(found.map(smsaeroStatus), page)));
  }

  @All('testsend')
  @Operation('smsaero.testsend', { about: 'checks a send without sending', ...smsaeroDescribed })
  testSend(@Req() request: FastifyRequest): WireReply {
    const account = this.account(request);
    const sms = checkedBody(sendSchema, withNumbers(request), 'validation');
    const [phone] = sms.numbers ?? [sms.number];
    if (phone === undefined) throw new ProtocolError('validation', { field: 'number', reason: 'required' });
    const nowMs = this.desk.clock.nowMs();
    const { segments, cost } = this.desk.gateway.quote(account, [{ text: sms.text }]);
    const base = { id: 1, dialect: 'smsaero', account: account.login, phone, sender: sms.sign, text: sms.text };
    const times = { acceptedAtMs: nowMs, changedAtMs: nowMs };
    return WireReply.json(smsaeroOk(smsaeroMessage({ ...base, ...times, segments, cost, state: 'queued', error: 0 })));
  }

  @All(['teststatus', 'testlist'])
  @Operation('smsaero.testlist', { about: 'test messages: there are none to show', ...smsaeroDescribed })
  testList(@Req() request: FastifyRequest): WireReply {
    this.account(request);
    return WireReply.json(smsaeroOk(null));
  }

  private account(request: FastifyRequest): Account {
    return this.desk.byBasic(request, 'smsaero', 'unauthorized');
  }
}

/** `numbers[]=…` of a query beside the JSON array. */
function withNumbers(request: FastifyRequest): object {
  const body = fromBody(request) as Record<string, unknown>;
  const { numbers } = body;
  if (typeof numbers === 'string') return { ...body, numbers: numbers.split(',', 10_001) };
  const listed = [...fieldsOf(request)].filter(([name]) => /^numbers\[\d*\]$/.test(name)).map(([, value]) => value);
  return listed.length === 0 ? body : { ...body, numbers: listed };
}

function entryOf(sent: readonly SentRecipient[]): string {
  return smsaeroRefusals[sent[0]!.refusal!] ?? 'validation';
}

/** An object with keys "0", "1", …, links and the total, as the list comes. */
function pageOf(all: readonly object[], page: number): object {
  const last = Math.max(1, Math.ceil(all.length / PAGE));
  const link = (to: number) => `/v2/sms/list?page=${to}`;
  return {
    ...Object.fromEntries(all.slice((page - 1) * PAGE, page * PAGE).map((item, at) => [String(at), item])),
    links: { self: link(page), first: link(1), last: link(last), ...(page < last ? { next: link(page + 1) } : {}) },
    totalCount: String(all.length),
  };
}
