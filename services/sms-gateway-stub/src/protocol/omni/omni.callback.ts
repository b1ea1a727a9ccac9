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
import { numberUuid } from '../http/number-uuid.js';

const ACCEPTED = 100;
const DELIVERED = 200;
const NOT_DELIVERED = 201;
const READ = 300;

const STATUS: Readonly<Partial<Record<MessageState, number>>> = {
  queued: ACCEPTED,
  sent: ACCEPTED,
  delivered: DELIVERED,
  read: READ,
};

/** One event of a message, as the info call and the callback show it (sections 2.5 and 8). */
export function omniEvent({ id, phone, state, error, changedAtMs }: CallbackEvent) {
  return {
    internal_id: numberUuid(id),
    destination: phone,
    status: STATUS[state] ?? NOT_DELIVERED,
    received_at: new Date(changedAtMs).toISOString(),
    internal_errors: error === 0 ? [] : [error],
  };
}

/** The same JSON as the info call (section 8). */
@Injectable()
export class OmniCallback implements CallbackFormat {
  readonly dialect = 'omni';
  readonly batch = 1;
  readonly retryDelaysMs = FEW_RETRIES;
  readonly isAccepted = isOk;

  isTold({ state }: CallbackEvent): boolean {
    return state !== 'queued';
  }

  request(url: string, events: readonly CallbackEvent[]): CallbackRequest {
    return jsonRequest(url, { events_info: events.map((event) => ({ events_info: [omniEvent(event)] })) });
  }
}
