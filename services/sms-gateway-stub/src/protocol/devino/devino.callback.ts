import { Injectable } from '@nestjs/common';
import type { MessageState } from '../../domain/message.js';
import {
  FEW_RETRIES,
  isOk,
  jsonRequest,
  type CallbackEvent,
  type CallbackFormat,
  type CallbackRequest,
  type HttpReturn,
} from '../../flow/callback-format.js';

/** Words of section 8. */
const WORDS: Readonly<Record<MessageState, string>> = {
  queued: 'ENQUEUED',
  sent: 'SENT',
  delivered: 'DELIVERED',
  read: 'DELIVERED',
  expired: 'EXPIRED',
  undeliverable: 'UNDELIVERED',
  rejected: 'REJECTED',
  deleted: 'REJECTED',
  unknown: 'UNDELIVERED',
};

/** A call to the message's own URL on each change, with its options echoed (section 2.8). */
@Injectable()
export class DevinoCallback implements CallbackFormat {
  readonly dialect = 'devino';
  readonly batch = 1;
  readonly retryDelaysMs = FEW_RETRIES;
  readonly isAccepted = isOk;

  isTold({ state }: CallbackEvent): boolean {
    return state !== 'queued';
  }

  request(url: string, [event]: readonly CallbackEvent[]): CallbackRequest {
    const { id, phone, state, error, changedAtMs, returnTo } = event!;
    return jsonRequest(url, {
      messageId: String(id),
      to: phone,
      status: WORDS[state],
      errorCode: error === 0 ? null : error,
      time: new Date(changedAtMs).toISOString(),
      options: (returnTo as HttpReturn | undefined)?.options ?? null,
    });
  }
}
