import { All, Controller, Req } from '@nestjs/common';
import { Operation, ProtocolError, WireReply } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { recipientPhone } from '../../domain/phone.js';
import { Operators } from '../../flow/operators.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { bodyOf, peek } from '../http/json-body.js';
import { smsaeroOk } from './smsaero-message.codec.js';
import { smsaeroDescribed } from './smsaero-sms.controller.js';

/** Methods beside sending whose content no client reads: they answer an empty list. */
const EMPTY = [
  'cards',
  'balance/add',
  'group/add',
  'group/delete',
  'group/list',
  'contact/add',
  'contact/delete',
  'contact/list',
  'viber/send',
  'viber/list',
  'viber/statistic',
  'viber/sign/list',
  'hlr/check',
  'hlr/status',
];

/** Account, signs, blacklist and the rest (section 2.3). */
@Controller('v2')
export class SmsaeroCabinetController {
  constructor(
    private readonly desk: DialectDesk,
    private readonly operators: Operators,
  ) {}

  @All('auth')
  @Operation('smsaero.auth', { about: 'checks credentials', ...smsaeroDescribed })
  auth(@Req() request: FastifyRequest): WireReply {
    this.account(request);
    return WireReply.json(smsaeroOk(null, 'Successful authorization.'));
  }

  @All('balance')
  @Operation('smsaero.balance', { about: 'tells the account balance', ...smsaeroDescribed })
  balance(@Req() request: FastifyRequest): WireReply {
    return WireReply.json(smsaeroOk({ balance: Math.round(this.account(request).balance * 100) / 100 }));
  }

  @All('tariffs')
  @Operation('smsaero.tariffs', { about: 'tells prices', ...smsaeroDescribed })
  tariffs(@Req() request: FastifyRequest): WireReply {
    const price = this.account(request).pricePerSegment.toFixed(2);
    return WireReply.json(
      smsaeroOk({ 'FREE SIGN': { MEGAFON: price, MTS: price, BEELINE: price, TELE2: price, OTHER: price } }),
    );
  }

  @All(['sign/list', 'sign/add'])
  @Operation('smsaero.sign', { about: 'lists sender names', ...smsaeroDescribed })
  signs(@Req() request: FastifyRequest): WireReply {
    const { senders } = this.account(request);
    const signs = senders.map((name, at) => ({ id: at + 1, name, status: 1, extendStatus: 'active' }));
    return WireReply.json(smsaeroOk(Object.fromEntries(signs.map((sign, at) => [String(at), sign]))));
  }

  @All('blacklist/add')
  @Operation('smsaero.blacklist-add', { about: 'adds a number to the blacklist', ...smsaeroDescribed })
  stop(@Req() request: FastifyRequest): WireReply {
    const { stopList } = this.account(request);
    const phone = phoneOf(request);
    stopList.set(phone, '');
    return WireReply.json(smsaeroOk({ number: phone }));
  }

  @All('blacklist/delete')
  @Operation('smsaero.blacklist-delete', { about: 'removes a number from the blacklist', ...smsaeroDescribed })
  allow(@Req() request: FastifyRequest): WireReply {
    this.account(request).stopList.delete(phoneOf(request));
    return WireReply.json(smsaeroOk(null));
  }

  @All('blacklist/list')
  @Operation('smsaero.blacklist-list', { about: 'lists the blacklist', ...smsaeroDescribed })
  stopped(@Req() request: FastifyRequest): WireReply {
    const numbers = [...this.account(request).stopList.keys()].map((number) => ({ number }));
    return WireReply.json(smsaeroOk(Object.fromEntries(numbers.map((item, at) => [String(at), item]))));
  }

  @All('number/operator')
  @Operation('smsaero.operator', { about: 'tells the operator of a number', ...smsaeroDescribed })
  operator(@Req() request: FastifyRequest): WireReply {
    this.account(request);
    const phone = phoneOf(request);
    return WireReply.json(
      smsaeroOk({ number: phone, operator: 4, extendOperator: this.operators.rangeOf(phone).name }),
    );
  }

  @All(EMPTY)
  @Operation('smsaero.cabinet', { about: 'answers the other methods with an empty list', ...smsaeroDescribed })
  empty(@Req() request: FastifyRequest): WireReply {
    this.account(request);
    return WireReply.json(smsaeroOk({}));
  }

  private account(request: FastifyRequest) {
    return this.desk.byBasic(request, 'smsaero', 'unauthorized');
  }
}

/** @throws ProtocolError `validation` */
function phoneOf(request: FastifyRequest): string {
  const phone = recipientPhone(peek(bodyOf(request), 'number') ?? '');
  if (phone === undefined) throw new ProtocolError('validation', { field: 'number', reason: 'incorrect number' });
  return phone;
}
