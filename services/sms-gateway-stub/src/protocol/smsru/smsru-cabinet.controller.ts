import { All, Controller, Req } from '@nestjs/common';
import { Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { recipientPhone } from '../../domain/phone.js';
import { AccountStore } from '../../state/account.store.js';
import { fieldsOf } from '../http/fields.js';
import { SmsruAccount, smsruDescribed, wantsJson } from './smsru-account.js';
import { smsruReply } from './smsru-envelope.codec.js';
import { smsruEntry } from './smsru.errors.js';

const DAILY_LIMIT = 1_000_000;
const FREE_A_DAY = 5;
const MAX_CALLBACKS = 20;

/** `/my/*`, `/auth/check`, `/stoplist/*`, `/callback/*` (section 2.2). */
@Controller()
export class SmsruCabinetController {
  constructor(
    private readonly accounts: SmsruAccount,
    private readonly store: AccountStore,
  ) {}

  @All('my/balance')
  @Operation('smsru.balance', { about: 'tells the account balance', ...smsruDescribed })
  balance(@Req() request: FastifyRequest): WireReply {
    const balance = Math.round(this.accounts.require(request).balance * 100) / 100;
    return smsruReply(wantsJson(request), 100, { balance }, [balance]);
  }

  @All('my/limit')
  @Operation('smsru.limit', { about: 'tells the daily limit', ...smsruDescribed })
  limit(@Req() request: FastifyRequest): WireReply {
    this.accounts.require(request);
    return smsruReply(wantsJson(request), 100, { total_limit: DAILY_LIMIT, used_today: 0 }, [DAILY_LIMIT, 0]);
  }

  @All('my/free')
  @Operation('smsru.free', { about: 'tells the free messages of the day', ...smsruDescribed })
  free(@Req() request: FastifyRequest): WireReply {
    this.accounts.require(request);
    return smsruReply(wantsJson(request), 100, { total_free: FREE_A_DAY, used_today: null }, [FREE_A_DAY, 0]);
  }

  @All('my/senders')
  @Operation('smsru.senders', { about: 'lists sender names', ...smsruDescribed })
  senders(@Req() request: FastifyRequest): WireReply {
    const { senders } = this.accounts.require(request);
    return smsruReply(wantsJson(request), 100, { senders }, senders);
  }

  @All('auth/check')
  @Operation('smsru.auth', { about: 'checks credentials', ...smsruDescribed })
  auth(@Req() request: FastifyRequest): WireReply {
    this.accounts.require(request);
    return smsruReply(wantsJson(request), 100);
  }

  @All('stoplist/add')
  @Operation('smsru.stoplist-add', { about: 'adds a number to the stop-list', ...smsruDescribed })
  async stop(@Req() request: FastifyRequest): Promise<WireReply> {
    const account = this.accounts.require(request);
    account.stopList.set(phoneOf(request), (fieldsOf(request).get('stoplist_text') ?? '').slice(0, 500));
    await this.store.save(account);
    return smsruReply(wantsJson(request), 100);
  }

  @All('stoplist/del')
  @Operation('smsru.stoplist-del', { about: 'removes a number from the stop-list', ...smsruDescribed })
  async allow(@Req() request: FastifyRequest): Promise<WireReply> {
    const account = this.accounts.require(request);
    account.stopList.delete(phoneOf(request));
    await this.store.save(account);
    return smsruReply(wantsJson(request), 100);
  }

  @All('stoplist/get')
  @Operation('smsru.stoplist-get', { about: 'lists the stop-list', ...smsruDescribed })
  stopped(@Req() request: FastifyRequest): WireReply {
    const { stopList } = this.accounts.require(request);
    const lines = [...stopList].map(([phone, text]) => `${phone};${text}`);
    return smsruReply(wantsJson(request), 100, { stoplist: Object.fromEntries(stopList) }, lines);
  }

  @All('callback/add')
  @Operation('smsru.callback-add', { about: 'adds a callback URL', ...smsruDescribed })
  async addCallback(@Req() request: FastifyRequest): Promise<WireReply> {
    const account = this.accounts.require(request);
    const { callbackUrls } = account;
    const url = fieldsOf(request).get('url') ?? '';
    if (!/^https?:\/\//.test(url) || !URL.canParse(url) || url.length > 2000) throw new ProtocolError(smsruEntry(901));
    if (callbackUrls.size < MAX_CALLBACKS) callbackUrls.add(url);
    await this.store.save(account);
    return this.callbacks(request);
  }

  @All('callback/del')
  @Operation('smsru.callback-del', { about: 'removes a callback URL', ...smsruDescribed })
  async removeCallback(@Req() request: FastifyRequest): Promise<WireReply> {
    const account = this.accounts.require(request);
    if (!account.callbackUrls.delete(fieldsOf(request).get('url') ?? '')) throw new ProtocolError(smsruEntry(902));
    await this.store.save(account);
    return this.callbacks(request);
  }

  @All('callback/get')
  @Operation('smsru.callback-get', { about: 'lists callback URLs', ...smsruDescribed })
  callbacks(@Req() request: FastifyRequest): WireReply {
    const callback = [...this.accounts.require(request).callbackUrls];
    return smsruReply(wantsJson(request), 100, { callback }, callback);
  }
}

/** @throws ProtocolError code 202 */
function phoneOf(request: FastifyRequest): string {
  const fields = fieldsOf(request);
  const phone = recipientPhone(fields.get('stoplist_phone') ?? fields.get('phone') ?? '');
  if (phone === undefined) throw new ProtocolError(smsruEntry(202));
  return phone;
}
