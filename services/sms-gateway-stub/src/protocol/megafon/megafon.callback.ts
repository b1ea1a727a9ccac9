import { Injectable } from '@nestjs/common';
import type { MessageState } from '../../domain/message.js';
import {
  FEW_RETRIES,
  isOk,
  jsonRequest,
  type CallbackEvent,
  type CallbackFormat,
  type CallbackRequest,
} from '../../flow/callback-format.js';

const WORDS: Readonly<Partial<Record<MessageState, string>>> = {
  delivered: 'delivered',
  expired: 'expired',
  deleted: 'deleted',
  undeliverable: 'undeliverable',
  rejected: 'rejected',
};

/** POST of the receipt to the message's own URL (sections 2.7 and 8). */
@Injectable()
export class MegafonCallback implements CallbackFormat {
  readonly dialect = 'megafon';
  readonly batch = 1;
  readonly retryDelaysMs = FEW_RETRIES;
  readonly isAccepted = isOk;

  isTold({ state }: CallbackEvent): boolean {
    return state in WORDS;
  }

  request(url: string, [event]: readonly CallbackEvent[]): CallbackRequest {
    const { id, clientId, state, error } = event!;
    const word = WORDS[state]!;
    return jsonRequest(url, {
      msg_id: clientId ?? String(id),
      receipted_message_id: String(id),
      status: word,
      short_message: `id:${id} stat:${word} err:${String(error).padStart(3, '0')}`,
    });
  }
}
