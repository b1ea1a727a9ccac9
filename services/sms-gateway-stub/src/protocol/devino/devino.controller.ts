import { Controller, Post, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Operation, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Account } from '../../domain/account.js';
import { recipientPhone } from '../../domain/phone.js';
import { partsOf } from '../../domain/segments.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { described } from '../http/described.js';
import { fieldsOf } from '../http/fields.js';
import { bodyOf, checkedBody, peek } from '../http/json-body.js';
import { jsonReply } from '../http/json-reply.js';
import { DEVINO_CODES, devinoFailure } from './devino.errors.js';

const MAX_CYRILLIC = 17_085;
const messageSchema = z.object({
  from: z.string().max(50).default(''),
  to: z.union([z.string(), z.number()], { error: 'required' }).transform(String),
  text: z.string({ error: 'required' }).max(34_170),
  validity: z.number().int().min(0).max(259_200).optional(),
  scheduledTime: z.iso.datetime({ offset: true, local: true, error: 'must be an ISO 8601 instant' }).optional(),
  priority: z.enum(['LOW', 'MEDIUM', 'HIGH', 'REALTIME']).optional(),
  callbackUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  options: z.record(z.string().max(100), z.unknown()).optional(),
});
type DevinoMessage = z.output<typeof messageSchema>;
const sendSchema = z.object({ messages: z.array(messageSchema).min(1).max(32_000) });

/** Devino (section 2.8). */
@Controller('sms/messages')
export class DevinoController {
  constructor(private readonly desk: DialectDesk) {}

  @Post()
  @Operation('devino.send', {
    about: 'accepts messages for sending',
    ...described((request) => peek(bodyOf(request), 'messages', 0, 'to')),
  })
  async send(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const account = this.desk.byBearer(request, 'devino', 'unauthorized');
    const { messages } = checkedBody(sendSchema, bodyOf(request), 'bad-request');
    const hasSegments = fieldsOf(request).get('includeSegmentId') === 'true';
    const result: object[] = [];
    for (const message of messages) result.push(await this.one(account, message, hasSegments, exchange));
    return jsonReply(exchange, { result });
  }

  private async one(
    account: Account,
    message: DevinoMessage,
    hasSegments: boolean,
    exchange: Exchange,
  ): Promise<object> {
    const phone = recipientPhone(message.to);
    if (phone === undefined) return devinoFailure('INVALID_DESTINATION_ADDRESS');
    const { text, validity, scheduledTime, callbackUrl, options } = message;
    if (!isText(text)) return devinoFailure('INVALID_TEXT');
    const [sent] = await this.desk.send(
      {
        account,
        sender: message.from,
        sendAtMs: scheduledTime === undefined ? undefined : Date.parse(zoned(scheduledTime)),
        validityMs: (validity ?? 0) > 0 ? validity! * 1000 : undefined,
        recipients: [{ phone, text, returnTo: { callbackUrl, options } }],
      },
      exchange,
    );
    if (sent?.message === undefined) return devinoFailure(DEVINO_CODES[sent!.refusal!] ?? 'REJECTED');
    const { id } = sent.message;
    const segmentsId = hasSegments ? partsOf(text).map((_, at) => `${id}-${at + 1}`) : null;
    return { code: 'OK', messageId: String(id), segmentsId };
  }
}

/** Up to 17,085 characters beyond ASCII, twice as many of ASCII. */
function isText(text: string): boolean {
  return text !== '' && (text.length <= MAX_CYRILLIC || !/[^\p{ASCII}]/u.test(text));
}

/** A time without a zone is UTC. */
function zoned(text: string): string {
  return /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`;
}
