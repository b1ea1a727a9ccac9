import { All, Controller, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { Gateway } from '../../flow/gateway.js';
import { SmscAccount } from './smsc-account.js';
import { smscFacts, smscClient, smscSubject } from './smsc-facts.js';
import { smscParameters, type SmscParameters } from './smsc-parameters.codec.js';
import { smscSend, smscSentReply } from './smsc-send.codec.js';

const described = { subject: smscSubject, client: smscClient, facts: smscFacts };

/** `send.php` and its JSON variant (section 2.1). */
@Controller()
export class SmscSendController {
  constructor(
    private readonly account: SmscAccount,
    private readonly gateway: Gateway,
  ) {}

  @All('sys/send.php')
  @Operation('smsc.send', { about: 'accepts messages for sending', ...described })
  send(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.accept(smscParameters(request), exchange);
  }

  @Post('rest/send')
  @Operation('smsc.send', { about: 'accepts messages for sending', ...described })
  rest(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    return this.accept(new Map([...smscParameters(request), ['fmt', '3']]), exchange);
  }

  private async accept(parameters: SmscParameters, exchange: Exchange): Promise<WireReply> {
    this.account.require(parameters);
    const send = smscSend(parameters);
    const quote = this.gateway.quote(send);
    const sent = { count: quote.segments, cost: quote.cost };
    if (send.cost === 1) return smscSentReply(send, { ...sent, balance: this.gateway.balance });
    if (this.gateway.isRepeated(send)) throw new ProtocolError('duplicate-request');
    const id = await this.gateway.accept(send, exchange);
    return smscSentReply(send, { ...sent, id, balance: this.gateway.balance });
  }
}
