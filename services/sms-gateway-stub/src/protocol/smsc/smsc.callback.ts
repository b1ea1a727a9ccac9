import { Injectable } from '@nestjs/common';
import type { OutgoingReply } from '@poligon/emulator-kit';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Account } from '../../domain/account.js';
import {
  formRequest,
  patientRetries,
  type CallbackEvent,
  type CallbackFormat,
  type CallbackQuirks,
  type CallbackRequest,
} from '../../flow/callback-format.js';
import type { IncomingText } from '../../flow/receipt-desk.js';
import { smscStatusNumber } from './smsc-status.codec.js';
import { moscowText } from './smsc-time.codec.js';

/** Status callback and incoming texts of an account's URL (section 2.1). */
@Injectable()
export class SmscCallback implements CallbackFormat {
  readonly dialect = 'smsc';
  readonly batch = 1;
  readonly retryDelaysMs = patientRetries(23);

  isTold({ state }: CallbackEvent): boolean {
    return state !== 'queued';
  }

  request(url: string, events: readonly CallbackEvent[], account: Account, quirks: CallbackQuirks): CallbackRequest {
    const event = events[0]!;
    const id = event.clientId ?? String(event.reference === undefined ? event.id : numberOf(event.reference));
    const status = String(smscStatusNumber(event.state));
    const secret = quirks.isSignatureBad === true ? 'wrong' : account.callbackSecret;
    const signed = `${id}:${event.phone}:${status}:${secret}`;
    return formRequest(url, {
      id,
      phone: event.phone,
      status,
      time: moscowText(event.changedAtMs),
      ts: String(Math.floor(event.changedAtMs / 1000)),
      err: String(event.error),
      cnt: String(event.segments),
      cost: event.cost.toFixed(2),
      type: '0',
      sender_id: event.sender,
      flag: '0',
      md5: createHash('md5').update(signed).digest('hex'),
      sha1: createHash('sha1').update(signed).digest('hex'),
      crc32: crc32(signed).toString(16).padStart(8, '0'),
    });
  }

  incoming(url: string, { id, phone, to, text, receivedAtMs }: IncomingText): CallbackRequest {
    const [messageId, time] = [String(id), moscowText(receivedAtMs)];
    return formRequest(url, { phone, mes: text, to, id: messageId, sms_id: messageId, time });
  }

  isAccepted({ status }: OutgoingReply): boolean {
    return status === 200;
  }
}

/** The number a client knows a message by: third part of its reference. */
function numberOf(reference: string): string {
  return reference.split(':')[2] ?? '';
}
