import { All, Controller, Req } from '@nestjs/common';
import { Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import { normalisePhone } from '@poligon/people';
import type { FastifyRequest } from 'fastify';
import { Gateway } from '../../flow/gateway.js';
import { MessageStore } from '../../state/message.store.js';
import { SmscAccount } from './smsc-account.js';
import { smscClient, smscFacts, smscSubject } from './smsc-facts.js';
import { smscParameters, type SmscParameters } from './smsc-parameters.codec.js';
import { smscStatusReply } from './smsc-status.codec.js';

const MAX_ASKED = 1000;

/** `status.php` and `balance.php` (section 2.1). */
@Controller('sys')
export class SmscQueryController {
  constructor(
    private readonly account: SmscAccount,
    private readonly gateway: Gateway,
    private readonly store: MessageStore,
  ) {}

  @All('status.php')
  @Operation('smsc.status', {
    about: 'tells what became of messages',
    subject: smscSubject,
    client: smscClient,
    facts: smscFacts,
  })
  async status(@Req() request: FastifyRequest): Promise<WireReply> {
    const parameters = smscParameters(request);
    this.account.require(parameters);
    const pairs = askedPairs(parameters);
    const asked = await Promise.all(
      pairs.map(async ({ id, phone }) => ({
        id,
        phone,
        message: await this.store.find(Number(id), normalisePhone(phone)),
      })),
    );
    return smscStatusReply(asked, parameters.get('fmt') ?? '0', Number(parameters.get('all') ?? '0'));
  }

  @All('balance.php')
  @Operation('smsc.balance', { about: 'tells the account balance', client: smscClient })
  balance(@Req() request: FastifyRequest): WireReply {
    const parameters = smscParameters(request);
    this.account.require(parameters);
    const balance = this.gateway.balance.toFixed(2);
    if (parameters.get('fmt') !== '3') return WireReply.text(balance);
    return WireReply.json({ balance, ...(parameters.get('cur') === '1' ? { currency: 'RUR' } : {}) });
  }
}

/** Pairs ids with phones; one phone may stand for all ids. @throws ProtocolError `parameters-error` */
function askedPairs(parameters: SmscParameters): { id: string; phone: string }[] {
  const ids = listOf(parameters.get('id'));
  const phones = listOf(parameters.get('phone'));
  const isPaired = phones.length === 1 || phones.length === ids.length;
  if (ids.length === 0 || ids.length > MAX_ASKED || !isPaired || !ids.every((id) => /^\d{1,15}$/.test(id))) {
    throw new ProtocolError('parameters-error');
  }
  return ids.map((id, at) => ({ id, phone: phones[at] ?? phones[0]! }));
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
