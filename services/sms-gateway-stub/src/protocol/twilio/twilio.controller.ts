import { Controller, Delete, Get, Param, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import type { Account } from '../../domain/account.js';
import type { Message } from '../../domain/message.js';
import { recipientPhone } from '../../domain/phone.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { described } from '../http/described.js';
import { fieldsOf } from '../http/fields.js';
import { jsonReply } from '../http/json-reply.js';
import { TwilioRemoved } from './twilio-removed.js';
import { twilioSend } from './twilio-send.codec.js';
import { twilioMessage, twilioNumber } from './twilio-message.codec.js';
import { twilioRefusals } from './twilio.errors.js';

const MAX_PAGE = 1000;
const about = described((request) => fieldsOf(request).get('To'));

/** Messages of an account (section 2.10). */
@Controller('2010-04-01/Accounts/:account')
export class TwilioController {
  constructor(
    private readonly desk: DialectDesk,
    private readonly removed: TwilioRemoved,
  ) {}

  @Post('Messages.json')
  @Operation('twilio.send', { about: 'accepts a message for sending', ...about })
  async send(
    @Req() request: FastifyRequest,
    @Param('account') sid: string,
    @CurrentExchange() exchange: Exchange,
  ): Promise<WireReply> {
    const account = this.account(request, sid);
    const { sender, sendAtMs, validityMs, recipient } = twilioSend(fieldsOf(request));
    const submission = { account, sender, sendAtMs, validityMs, recipients: [recipient] };
    const [sent] = await this.desk.send(submission, exchange);
    if (sent?.message === undefined) throw new ProtocolError(twilioRefusals[sent!.refusal!] ?? 'bad-request');
    return jsonReply(exchange, twilioMessage(sent.message), 201);
  }

  @Get('Messages.json')
  @Operation('twilio.list', { about: 'lists messages', ...about })
  async list(@Req() request: FastifyRequest, @Param('account') sid: string): Promise<WireReply> {
    const account = this.account(request, sid);
    const fields = fieldsOf(request);
    const size = Math.min(MAX_PAGE, Math.max(1, Math.trunc(Number(fields.get('PageSize') ?? '50')) || 50));
    const found = await this.desk.list(account, { phone: recipientPhone(fields.get('To') ?? '') }, size);
    const uri = `/2010-04-01/Accounts/${account.login}/Messages.json?PageSize=${size}&Page=0`;
    const messages = found.filter(({ id }) => !this.removed.has(id)).map(twilioMessage);
    return WireReply.json({
      messages,
      page: 0,
      page_size: size,
      start: 0,
      end: messages.length,
      uri,
      first_page_uri: uri,
      next_page_uri: null,
      previous_page_uri: null,
    });
  }

  @Get('Messages/:message')
  @Operation('twilio.fetch', { about: 'tells what became of a message', ...about })
  async fetch(
    @Req() request: FastifyRequest,
    @Param('account') sid: string,
    @Param('message') message: string,
  ): Promise<WireReply> {
    return WireReply.json(twilioMessage(await this.message(this.account(request, sid), message)));
  }

  @Post('Messages/:message')
  @Operation('twilio.update', { about: 'redacts a message or cancels it', ...about })
  async update(
    @Req() request: FastifyRequest,
    @Param('account') sid: string,
    @Param('message') key: string,
  ): Promise<WireReply> {
    const message = await this.message(this.account(request, sid), key);
    const fields = fieldsOf(request);
    if (fields.get('Body') === '') this.desk.gateway.replace(message, '');
    if (fields.get('Status') === 'canceled' && !this.desk.gateway.settle(message, 'deleted')) {
      throw new ProtocolError('not-cancelable');
    }
    return WireReply.json(twilioMessage(message));
  }

  @Delete('Messages/:message')
  @Operation('twilio.delete', { about: 'removes a message', ...about })
  async remove(
    @Req() request: FastifyRequest,
    @Param('account') sid: string,
    @Param('message') key: string,
  ): Promise<WireReply> {
    const message = await this.message(this.account(request, sid), key);
    this.removed.add(message.id);
    return WireReply.empty(204);
  }

  /** AccountSid and AuthToken, or an API key's name and secret. @throws ProtocolError `authenticate` */
  private account(request: FastifyRequest, sid: string): Account {
    const account = this.desk.byBasic(request, 'twilio', 'authenticate');
    if (account.login !== sid) throw new ProtocolError('authenticate');
    return account;
  }

  private async message(account: Account, key: string): Promise<Message> {
    const id = twilioNumber(key.replace(/\.json$/, ''));
    const message = this.removed.has(id) ? undefined : await this.desk.find(account, id);
    if (message === undefined) throw new ProtocolError('not-found');
    return message;
  }
}
