import { All, Controller, Post, Req } from '@nestjs/common';
import { Clock, CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { Account, Refusal } from '../../domain/account.js';
import { changePlan } from '../../flow/delivery-plan.js';
import { Gateway, type Recipient } from '../../flow/gateway.js';
import { Operators } from '../../flow/operators.js';
import type { Fields } from '../http/fields.js';
import { SmscAccount } from './smsc-account.js';
import { smscDescribed, smscFields } from './smsc-fields.js';
import { smscSend, type SmscSend } from './smsc-send.codec.js';
import { smscSentReply, type SmscSentNumber } from './smsc-sent.codec.js';

/** Delivery error of a number in the account's stop-list (section 2.1). */
const FORBIDDEN_NUMBER = 252;

/** `send.php` and its JSON variant (section 2.1). */
@Controller()
export class SmscSendController {
  constructor(
    private readonly accounts: SmscAccount,
    private readonly gateway: Gateway,
    private readonly operators: Operators,
    private readonly clock: Clock,
  ) {}

  @All('sys/send.php')
  @Operation('smsc.send', { about: 'accepts messages for sending', ...smscDescribed })
  send(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.accept(this.accounts.require(request), smscFields(request), exchange);
  }

  @Post('rest/send')
  @Operation('smsc.send', { about: 'accepts messages for sending', ...smscDescribed })
  rest(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const account = this.accounts.require(request);
    return this.accept(account, new Map([...smscFields(request), ['fmt', '3']]), exchange);
  }

  private async accept(account: Account, fields: Fields, exchange: Exchange): Promise<WireReply> {
    const send = smscSend(fields, this.clock.nowMs());
    const quote = this.gateway.quote(account, send.recipients);
    const refusals = this.gateway.refusals(account, send, exchange);
    const numbers = send.recipients.map((recipient, at) => this.number(account, recipient, refusals[at]));
    const sent = { count: quote.segments, cost: quote.cost, numbers };
    if (send.cost === 1) return smscSentReply(exchange, send, { ...sent, balance: account.balance });
    this.refuse(account, send, quote.cost);
    if (send.isSilent) changePlan(exchange, (plan) => (plan.arrivals = []));
    const messages = await this.gateway.accept(
      {
        account,
        sender: send.sender,
        sendAtMs: send.sendAtMs,
        validityMs: send.validityMs,
        recipients: send.recipients.map((recipient, at) => ({
          ...recipient,
          clientId: send.clientId,
          rejectedWith: numbers[at]!.error === 0 ? undefined : numbers[at]!.error,
        })),
        referenceOf: (phone, firstId) => smscReference(account.login, send.clientId ?? firstId, phone),
      },
      exchange,
    );
    return smscSentReply(exchange, send, {
      ...sent,
      id: send.clientId === undefined ? messages[0]!.id : Number(send.clientId),
      balance: account.balance,
    });
  }

  private number(account: Account, recipient: Recipient, refusal: Refusal | undefined): SmscSentNumber {
    const { phone } = recipient;
    const isForbidden = refusal === 'stop-list';
    return {
      phone,
      mccmnc: this.operators.rangeOf(phone).mccmnc,
      cost: this.gateway.quote(account, [recipient]).cost,
      status: isForbidden ? 1 : 0,
      error: isForbidden ? FORBIDDEN_NUMBER : 0,
    };
  }

  /** @throws ProtocolError when the whole request is refused */
  private refuse(account: Account, send: SmscSend, cost: number): void {
    const { sender, recipients } = send;
    if (account.isBalanceEnforced && cost > account.balance) throw new ProtocolError('no-money');
    if (account.senders.length > 0 && !account.senders.includes(sender)) throw new ProtocolError('message-denied');
    if (this.gateway.isRepeated({ account, sender, recipients })) throw new ProtocolError('duplicate-request');
  }
}

/** What a client asks by: the number of the send and the phone. */
export function smscReference(login: string, id: string | number, phone: string): string {
  return `smsc:${login}:${id}:${phone}`;
}
