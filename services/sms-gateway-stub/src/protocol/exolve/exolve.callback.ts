import { Injectable } from '@nestjs/common';
import {
  FEW_RETRIES,
  isOk,
  jsonRequest,
  type CallbackEvent,
  type CallbackFormat,
  type CallbackRequest,
} from '../../flow/callback-format.js';

/** Webhook of an application; its payload is not published (section 8). */
@Injectable()
export class ExolveCallback implements CallbackFormat {
  readonly dialect = 'exolve';
  readonly batch = 1;
  readonly retryDelaysMs = FEW_RETRIES;
  readonly isAccepted = isOk;

  isTold({ state }: CallbackEvent): boolean {
    return state !== 'queued';
  }

  request(url: string, [event]: readonly CallbackEvent[]): CallbackRequest {
    const { id, state, sender, phone } = event!;
    return jsonRequest(url, { message_id: String(id), status: state, number: sender, destination: phone });
  }
}
