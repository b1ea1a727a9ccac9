import { All, Controller, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { Account } from '../../domain/account.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { fieldsOf } from '../http/fields.js';
import { jsonReply } from '../http/json-reply.js';
import { SmsruAccount, smsruDescribed, wantsJson } from './smsru-account.js';
import { smsruItems, smsruReply, smsruStatus, type SmsruItem } from './smsru-envelope.codec.js';
import { smsruSend, type SmsruSend, type SmsruTarget } from './smsru-send.codec.js';
import { smsruId, smsruNumber, smsruStateCode } from './smsru-state.js';
import { smsruEntry, smsruRefusals } from './smsru.errors.js';

const MAX_ASKED = 1000;

/** `/sms/send`, `/sms/status`, `/sms/cost` (section 2.2). */
@Controller('sms')
export class SmsruSmsController {
  constructor(
    private readonly desk: DialectDesk,
    private readonly accounts: SmsruAccount,
  ) {}

  @All('send')
  @Operation('smsru.send', { about: 'accepts messages for sending', ...smsruDescribed })
  async send(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const account = this.accounts.require(request);
    const send = smsruSend(fieldsOf(request), this.desk.clock.nowMs());
    const items = send.isTest ? send.targets.map(testItem) : await this.dispatch(account, send, exchange);
    if (wantsJson(request)) {
      return jsonReply(exchange, { ...smsruStatus(100), sms: smsruItems(items), balance: round(account.balance) });
    }
    const lines = items.map(({ code, line }) => line ?? code);
    return smsruReply(false, 100, {}, [...lines, `balance=${round(account.balance)}`]);
  }

  @All('status')
  @Operation('smsru.status', { about: 'tells what became of messages', ...smsruDescribed })
  async status(@Req() request: FastifyRequest): Promise<WireReply> {
    const account = this.accounts.require(request);
    const fields = fieldsOf(request);
    const ids = (fields.get('sms_id') ?? fields.get('id') ?? '').split(',', MAX_ASKED).filter((id) => id !== '');
    const items = await Promise.all(ids.map((id) => this.statusItem(account, id)));
    // The old text form of one message answers with its state alone.
    if (!wantsJson(request))
      return smsruReply(
        false,
        items.length === 1 ? items[0]!.code : 100,
        {},
        items.length === 1 ? [] : items.map(({ code }) => code),
      );
    return smsruReply(true, 100, { sms: smsruItems(items, true), balance: round(account.balance) });
  }

  @All('cost')
  @Operation('smsru.cost', { about: 'tells what messages would cost', ...smsruDescribed })
  cost(@Req() request: FastifyRequest): WireReply {
    const account = this.accounts.require(request);
    const { targets } = smsruSend(fieldsOf(request), this.desk.clock.nowMs());
    const priced = targets.map((target) => ({ target, quote: this.desk.gateway.quote(account, [target]) }));
    const total = {
      total_cost: round(priced.reduce((sum, { quote }) => sum + quote.cost, 0)),
      total_sms: priced.reduce((sum, { quote }) => sum + quote.segments, 0),
    };
    const items = priced.map(({ target, quote }): SmsruItem => {
      const fields = target.code === undefined ? { cost: round(quote.cost), sms: quote.segments } : {};
      return { key: target.key, code: target.code ?? 100, fields };
    });
    return smsruReply(wantsJson(request), 100, { sms: smsruItems(items), ...total }, [
      total.total_cost,
      total.total_sms,
    ]);
  }

  @All('ucs')
  @Operation('smsru.ucs', { about: 'old method without effect', ...smsruDescribed })
  ucs(@Req() request: FastifyRequest): WireReply {
    this.accounts.require(request);
    return smsruReply(wantsJson(request), 100);
  }

  private async dispatch(account: Account, send: SmsruSend, exchange: Exchange): Promise<SmsruItem[]> {
    const { sender, sendAtMs, validityMs } = send;
    const sendable = send.targets.filter(({ code }) => code === undefined);
    const quote = this.desk.gateway.quote(account, sendable);
    if (account.isBalanceEnforced && quote.cost > account.balance) throw new ProtocolError(smsruEntry(201));
    const submission = { account, sender, sendAtMs, validityMs, recipients: sendable };
    const isRepeated = sendable.length > 0 && this.desk.gateway.isRepeated(submission);
    const sent = isRepeated ? [] : await this.desk.send(submission, exchange);
    const results = sent[Symbol.iterator]();
    return send.targets.map((target): SmsruItem => {
      const { key, code } = target;
      if (code !== undefined) return { key, code };
      if (isRepeated) return { key, code: 231 };
      const { message, refusal } = results.next().value!;
      if (message === undefined) return { key, code: Number(smsruRefusals[refusal!]?.slice('code-'.length) ?? 207) };
      const id = smsruId(message.id);
      return { key, code: 100, fields: { sms_id: id, cost: round(message.cost) }, line: id };
    });
  }

  private async statusItem(account: Account, key: string): Promise<SmsruItem> {
    const message = await this.desk.find(account, smsruNumber(key));
    if (message === undefined) return { key, code: -1 };
    return { key, code: smsruStateCode(message), fields: { cost: round(message.cost) } };
  }
}

/** A simulated message: answered like a real one, sent nowhere, not charged. */
function testItem({ key, code }: SmsruTarget): SmsruItem {
  const id = smsruId(1);
  return code === undefined ? { key, code: 100, fields: { sms_id: id, cost: 0 }, line: id } : { key, code };
}

const round = (roubles: number): number => Math.round(roubles * 100) / 100;
