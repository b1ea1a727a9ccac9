import { Injectable } from '@nestjs/common';
import { ProtocolError } from '@poligon/emulator-kit';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { Account } from '../../domain/account.js';
import { Doorkeeper } from '../../flow/doorkeeper.js';
import { smscFields } from './smsc-fields.js';

/** Checks who calls: `login` with `psw` plain or as lower-case MD5, or `apikey` (section 2.1). */
@Injectable()
export class SmscAccount {
  constructor(private readonly door: Doorkeeper) {}

  /** @throws ProtocolError `ip-blocked`, `authorise-error`; `parameters-error` when no credentials are given at all */
  require(request: FastifyRequest): Account {
    if (this.door.isBlocked(request.ip)) throw new ProtocolError('ip-blocked');
    const fields = smscFields(request);
    const apiKey = fields.get('apikey');
    const login = fields.get('login');
    const password = fields.get('psw');
    if (apiKey === undefined && (login === undefined || password === undefined)) {
      throw new ProtocolError('parameters-error');
    }
    const account =
      apiKey === undefined
        ? this.door.byPassword('smsc', login, password, ({ password: plain }) => [md5(plain)])
        : this.door.byKey('smsc', apiKey);
    if (account === undefined) this.door.noteFailure(request.ip);
    if (account === undefined || !this.door.isAllowed(account, request.ip)) throw new ProtocolError('authorise-error');
    return account;
  }
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
