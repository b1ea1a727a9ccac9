import { All, Controller, Req } from '@nestjs/common';
import { CurrentExchange, Exchange, Ids, Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { isDomestic, recipientPhone } from '../../domain/phone.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { fieldsOf } from '../http/fields.js';
import { SmsruAccount, smsruDescribed } from './smsru-account.js';
import { smsruStatus } from './smsru-envelope.codec.js';
import { smsruId, smsruNumber } from './smsru-state.js';
import { smsruEntry } from './smsru.errors.js';

const CHECK_LIFETIME_MS = 300_000;
/** A check is confirmed by the subscriber's call; here it counts as made after this long. */
const CONFIRM_MS = 2000;
const CALL_PHONE = '78000000000';

/** `/code/call` and `/callcheck/*` (section 2.2): the code travels as a call, which the inbox shows as a text. */
@Controller()
export class SmsruCallController {
  constructor(
    private readonly desk: DialectDesk,
    private readonly accounts: SmsruAccount,
    private readonly ids: Ids,
  ) {}

  @All('code/call')
  @Operation('smsru.code-call', { about: 'calls with a code in the last digits', ...smsruDescribed })
  async call(@Req() request: FastifyRequest, @CurrentExchange() exchange: Exchange): Promise<WireReply> {
    const account = this.accounts.require(request);
    const phone = phoneOf(request);
    const code = `1${this.ids.digits(3)}`;
    const recipients = [{ phone, text: `Код: ${code}` }];
    const [sent] = await this.desk.send({ account, sender: 'call', recipients }, exchange);
    if (sent?.message === undefined) throw new ProtocolError(smsruEntry(209));
    const { id, cost } = sent.message;
    return WireReply.json({ status: 'OK', code: Number(code), call_id: smsruId(id), cost, balance: account.balance });
  }

  @All('callcheck/add')
  @Operation('smsru.callcheck-add', { about: 'asks a subscriber to call', ...smsruDescribed })
  add(@Req() request: FastifyRequest): WireReply {
    this.accounts.require(request);
    phoneOf(request);
    return WireReply.json({
      ...smsruStatus(100),
      // The number carries the moment it was made, so nothing has to be kept.
      check_id: smsruId(this.desk.clock.nowMs()),
      call_phone: CALL_PHONE,
      call_phone_pretty: '+7 (800) 000-00-00',
      call_phone_html: `<a href="callto:${CALL_PHONE}">+7 (800) 000-00-00</a>`,
    });
  }

  @All('callcheck/status')
  @Operation('smsru.callcheck-status', { about: 'tells whether the subscriber called', ...smsruDescribed })
  status(@Req() request: FastifyRequest): WireReply {
    this.accounts.require(request);
    const ageMs = this.desk.clock.nowMs() - smsruNumber(fieldsOf(request).get('check_id') ?? '');
    const [check_status, check_status_text] = checkState(ageMs);
    return WireReply.json({ ...smsruStatus(100), check_status, check_status_text });
  }
}

function checkState(ageMs: number): readonly [string, string] {
  if (!(ageMs < CHECK_LIFETIME_MS)) return ['402', 'Истекло время, отведенное для проверки номера'];
  return ageMs < CONFIRM_MS
    ? ['400', 'Номер пока не подтвержден']
    : ['401', 'Авторизация по звонку: номер подтвержден'];
}

/** @throws ProtocolError code 202 */
function phoneOf(request: FastifyRequest): string {
  const fields = fieldsOf(request);
  const phone = recipientPhone(fields.get('phone') ?? fields.get('to') ?? '');
  if (phone === undefined || !isDomestic(phone)) throw new ProtocolError(smsruEntry(202));
  return phone;
}
