import { Injectable } from '@nestjs/common';
import type { Account } from '../../domain/account.js';
import {
  FEW_RETRIES,
  formRequest,
  isOk,
  jsonRequest,
  type CallbackEvent,
  type CallbackFormat,
  type CallbackRequest,
  type HttpReturn,
} from '../../flow/callback-format.js';
import { smsaeroStatus } from './smsaero-message.codec.js';

/** A call on each change, form or JSON as the send asked (section 2.3). */
@Injectable()
export class SmsaeroCallback implements CallbackFormat {
  readonly dialect = 'smsaero';
  readonly batch = 1;
  readonly retryDelaysMs = FEW_RETRIES;
  readonly isAccepted = isOk;

  isTold({ state }: CallbackEvent): boolean {
    return state !== 'queued';
  }

  request(url: string, events: readonly CallbackEvent[], _account: Account): CallbackRequest {
    const event = events[0]!;
    const { id, status, extendStatus, number, text, cost, dateSend, dateAnswer } = smsaeroStatus(event);
    const fields = { id, status, extendStatus, number, text, cost, dateSend, dateAnswer };
    if ((event.returnTo as HttpReturn | undefined)?.isJson === true) return jsonRequest(url, fields);
    return formRequest(url, Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)])));
  }
}
