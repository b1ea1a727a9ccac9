import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type OutgoingReply } from '@poligon/emulator-kit';
import { createHash } from 'node:crypto';
import type { SmsConfig } from '../../config.js';
import type { Account } from '../../domain/account.js';
import {
  formRequest,
  patientRetries,
  type CallbackEvent,
  type CallbackFormat,
  type CallbackQuirks,
  type CallbackRequest,
} from '../../flow/callback-format.js';
import { smsruId, smsruStateCode } from './smsru-state.js';

const DAYS = 5;

/** `data[0]` … with the hash of all of them (section 2.2); the client must answer `100`. */
@Injectable()
export class SmsruCallback implements CallbackFormat {
  readonly dialect = 'smsru';
  readonly batch = 100;
  readonly retryDelaysMs = patientRetries(DAYS * 24);

  constructor(@Inject(CONFIG) private readonly config: Pick<SmsConfig, 'callbackIndexBase'>) {}

  isTold({ state }: CallbackEvent): boolean {
    return state !== 'queued';
  }

  request(url: string, events: readonly CallbackEvent[], account: Account, quirks: CallbackQuirks): CallbackRequest {
    const entries = events.map((event) =>
      ['sms_status', smsruId(event.id), smsruStateCode(event), Math.floor(event.changedAtMs / 1000)].join('\n'),
    );
    const base = quirks.isIndexFromOne === true ? 1 : this.config.callbackIndexBase;
    const fields = Object.fromEntries(entries.map((entry, at) => [`data[${at + base}]`, entry]));
    const secret = quirks.isSignatureBad === true ? 'wrong' : account.apiKey;
    const algorithm = quirks.isHashMd5 === true ? 'md5' : 'sha256';
    const hash = createHash(algorithm)
      .update(secret + entries.join(''))
      .digest('hex');
    return formRequest(url, { ...fields, hash });
  }

  isAccepted({ body }: OutgoingReply): boolean {
    return body.toString('utf8').trim() === '100';
  }
}
