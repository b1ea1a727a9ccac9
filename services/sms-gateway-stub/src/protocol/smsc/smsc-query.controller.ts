import { All, Controller, Req } from '@nestjs/common';
import { Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import { normalisePhone } from '@poligon/people';
import type { FastifyRequest } from 'fastify';
import type { Account } from '../../domain/account.js';
import type { Message } from '../../domain/message.js';
import { Gateway } from '../../flow/gateway.js';
import { Operators } from '../../flow/operators.js';
import { MessageStore } from '../../state/message.store.js';
import type { Fields } from '../http/fields.js';
import { SmscAccount } from './smsc-account.js';
import { smscDescribed, smscFields } from './smsc-fields.js';
import { smscReference } from './smsc-send.controller.js';
import { smscStatusReply } from './smsc-status.codec.js';

const MAX_ASKED = 1000;

/** `status.php` and `balance.php` (section 2.1). */
@Controller('sys')
export class SmscQueryController {
  constructor(
    private readonly accounts: SmscAccount,
    private readonly gateway: Gateway,
    private readonly operators: Operators,
    private readonly store: MessageStore,
  ) {}

  @All('status.php')
  @Operation('smsc.status', { about: 'tells what became of messages', ...smscDescribed })
  async status(@Req() request: FastifyRequest): Promise<WireReply> {
    const account = this.accounts.require(request);
    const fields = smscFields(request);
    const asked = await Promise.all(
      askedPairs(fields).map(async ({ id, phone }) => {
        const message = await this.message(account, id, phone);
        return { id, phone, message, operator: this.operators.rangeOf(message?.phone ?? phone) };
      }),
    );
    // `del=1` stops what has not left yet; the reply tells the state after it.
    if (fields.get('del') === '1') {
      for (const { message } of asked) if (message !== undefined) this.gateway.settle(message, 'deleted');
    }
    return smscStatusReply(asked, fields.get('fmt') ?? '0', Number(fields.get('all') ?? '0'));
  }

  @All('balance.php')
  @Operation('smsc.balance', { about: 'tells the account balance', ...smscDescribed })
  balance(@Req() request: FastifyRequest): WireReply {
    const balance = this.accounts.require(request).balance.toFixed(2);
    const fields = smscFields(request);
    const hasCurrency = fields.get('cur') === '1';
    if (fields.get('fmt') === '3') return WireReply.json({ balance, ...(hasCurrency ? { currency: 'RUR' } : {}) });
    return WireReply.text(hasCurrency ? `${balance} RUR` : balance);
  }

  private async message(account: Account, id: string, given: string): Promise<Message | undefined> {
    const phone = normalisePhone(given);
    if (phone === undefined) return undefined;
    return this.store.find(smscReference(account.login, Number(id), phone));
  }
}

/** Pairs ids with phones; one phone may stand for all ids. @throws ProtocolError `parameters-error` */
function askedPairs(fields: Fields): { id: string; phone: string }[] {
  const ids = listOf(fields.get('id'));
  const phones = listOf(fields.get('phone'));
  const isPaired = phones.length === 1 || phones.length === ids.length;
  if (ids.length === 0 || ids.length > MAX_ASKED || !isPaired || !ids.every((id) => /^\d{1,15}$/.test(id))) {
    throw new ProtocolError('parameters-error');
  }
  return ids.map((id, at) => ({ id, phone: phones[at] ?? phones[0]! }));
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',', MAX_ASKED + 1)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
