import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Account } from '../../domain/account.js';
import { DialectDesk } from '../http/dialect-desk.js';
import { described } from '../http/described.js';
import { fieldsOf } from '../http/fields.js';
import { smsruEntry } from './smsru.errors.js';

/** Checks who calls: `api_id`, or `login` with `password` (section 2.2). */
@Injectable()
export class SmsruAccount {
  constructor(private readonly desk: DialectDesk) {}

  /** @throws ProtocolError code 200 for a wrong api_id, 301 for a wrong login or password */
  require(request: FastifyRequest): Account {
    const fields = fieldsOf(request);
    const login = fields.get('login');
    if (login === undefined) return this.desk.byKey(request, 'smsru', fields.get('api_id'), smsruEntry(200));
    return this.desk.byPassword(request, 'smsru', { login, password: fields.get('password') }, smsruEntry(301));
  }
}

/** True when the caller asked for JSON. */
export function wantsJson(request: FastifyRequest): boolean {
  return fieldsOf(request).get('json') === '1';
}

/** The first phone of a call, in whatever field it stands. */
function phoneOf(request: FastifyRequest): string | undefined {
  const fields = fieldsOf(request);
  const keyed = [...fields.keys()].map((name) => /^(?:to|multi)\[(\d+)\]$/.exec(name)?.[1]).find(Boolean);
  return fields.get('to') ?? keyed ?? fields.get('phone') ?? fields.get('stoplist_phone');
}

export const smsruDescribed = described(phoneOf, (request) => fieldsOf(request).get('login'));
