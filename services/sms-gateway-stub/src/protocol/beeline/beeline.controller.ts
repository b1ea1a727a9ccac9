import { All, Controller, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { Account } from '../../domain/account.js';
import type { Message } from '../../domain/message.js';
import { recipientPhone } from '../../domain/phone.js';
import type { Recipient } from '../../flow/gateway.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { described } from '../http/described.js';
import { fieldsOf } from '../http/fields.js';
import { bodyOf, peek } from '../http/json-body.js';
import { jsonReply } from '../http/json-reply.js';
import { beelineResult, beelineStatusXml } from './beeline.codec.js';
import { beelineRefusals } from './beeline.errors.js';

const MAX_RECIPIENTS = 1000;
const MAX_TEXT = 5000;
const MAX_LISTED = 1000;
const read = (request: FastifyRequest, name: string) => peek(bodyOf(request), name) ?? fieldsOf(request).get(name);
const about = described(
  (request) => read(request, 'target'),
  (request) => read(request, 'user'),
);

/** Beeline A2P (section 2.6): one path, the action says what to do; `/rest` is the same in JSON. */
@Controller('proto/http')
export class BeelineController {
  constructor(private readonly desk: DialectDesk) {}

  @All()
  @Operation('beeline.send', { about: 'accepts messages for sending', also: ['beeline.status'], refine, ...about })
  async classic(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const account = this.account(request);
    if (isStatus(request)) return beelineStatusXml(await this.asked(account, request));
    return beelineResult(await this.send(account, request, exchange));
  }

  @Post('rest')
  @Operation('beeline.send', { about: 'accepts messages for sending', also: ['beeline.status'], refine, ...about })
  async rest(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const account = this.account(request);
    if (isStatus(request)) {
      const found = await this.asked(account, request);
      return WireReply.json({
        result: found.map(({ id, phone, state }) => ({ sms_id: String(id), phone, status: state })),
      });
    }
    const [first] = await this.send(account, request, exchange);
    return jsonReply(exchange, { result: { sms_id: String(first!.id) } });
  }

  private async send(account: Account, request: FastifyRequest, exchange: Exchange): Promise<Message[]> {
    const recipients = recipientsOf(request);
    const sent = await this.desk.send({ account, sender: read(request, 'sender') ?? '', recipients }, exchange);
    const accepted = sent.flatMap(({ message }) => (message === undefined ? [] : [message]));
    if (accepted.length === 0) throw new ProtocolError(beelineRefusals[sent[0]!.refusal!] ?? 'bad-target');
    return accepted;
  }

  private async asked(account: Account, request: FastifyRequest): Promise<readonly Message[]> {
    const id = read(request, 'sms_id');
    if (id === undefined) return this.desk.list(account, {}, MAX_LISTED);
    const message = await this.desk.find(account, Number(id));
    return message === undefined ? [] : [message];
  }

  private account(request: FastifyRequest): Account {
    const key = request.headers['x-apikey'];
    if (typeof key === 'string') return this.desk.byKey(request, 'beeline', key, 'access-denied');
    const given = { login: read(request, 'user'), password: read(request, 'pass') };
    return this.desk.byPassword(request, 'beeline', given, 'access-denied');
  }
}

/** @throws ProtocolError `bad-request`, `unknown-action`, `bad-target` */
function recipientsOf(request: FastifyRequest): Recipient[] {
  const action = read(request, 'action');
  if (action !== 'post_sms') throw new ProtocolError(action === undefined ? 'bad-request' : 'unknown-action');
  const text = read(request, 'message') ?? '';
  if (text === '' || text.length > MAX_TEXT) {
    throw new ProtocolError('bad-request', { field: 'message', reason: 'must have 1..5000 characters' });
  }
  const targets = (read(request, 'target') ?? '').split(',', MAX_RECIPIENTS).filter((target) => target.trim() !== '');
  const recipients = targets.map((target) => ({ phone: recipientPhone(target.trim()) ?? '', text }));
  if (recipients.length === 0 || recipients.some(({ phone }) => phone === '')) throw new ProtocolError('bad-target');
  return recipients;
}

function isStatus(request: FastifyRequest): boolean {
  return read(request, 'action') === 'status';
}

function refine(request: FastifyRequest): string {
  return isStatus(request) ? 'beeline.status' : 'beeline.send';
}
