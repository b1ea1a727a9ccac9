import { Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import type { Account } from '../../domain/account.js';
import {
  FEW_RETRIES,
  formRequest,
  isOk,
  type CallbackEvent,
  type CallbackFormat,
  type CallbackQuirks,
  type CallbackRequest,
} from '../../flow/callback-format.js';
import type { IncomingText } from '../../flow/receipt-desk.js';
import { e164, twilioErrorCode, twilioSid, twilioState } from './twilio-message.codec.js';

/** StatusCallback, and the incoming-message webhook of an account, both signed (section 2.10). */
@Injectable()
export class TwilioCallback implements CallbackFormat {
  readonly dialect = 'twilio';
  readonly batch = 1;
  readonly retryDelaysMs = FEW_RETRIES;
  readonly isAccepted = isOk;

  isTold(): boolean {
    return true;
  }

  request(url: string, [first]: readonly CallbackEvent[], account: Account, quirks: CallbackQuirks): CallbackRequest {
    const event = first!;
    const [sid, status, error] = [twilioSid(event.id), twilioState(event), twilioErrorCode(event)];
    const fields: Record<string, string> = {
      MessageSid: sid,
      SmsSid: sid,
      MessageStatus: status,
      SmsStatus: status,
      To: e164(event.phone),
      From: e164(event.sender),
      AccountSid: account.login,
      ApiVersion: '2010-04-01',
    };
    if (error !== null) fields['ErrorCode'] = String(error);
    return signed(url, fields, quirks.isSignatureBad === true ? 'wrong' : account.password);
  }

  incoming(url: string, { id, phone, to, text }: IncomingText, account: Account): CallbackRequest {
    const sid = twilioSid(id);
    const fields = {
      MessageSid: sid,
      SmsSid: sid,
      AccountSid: account.login,
      From: e164(phone),
      To: e164(to),
      Body: text,
    };
    return signed(url, { ...fields, NumMedia: '0', NumSegments: '1', ApiVersion: '2010-04-01' }, account.password);
  }
}

/** `X-Twilio-Signature`: HMAC-SHA1 of the URL and the sorted parameters, the key being the auth token. */
function signed(url: string, fields: Readonly<Record<string, string>>, authToken: string): CallbackRequest {
  const text = Object.keys(fields)
    .sort()
    .reduce((joined, name) => joined + name + fields[name], url);
  const signature = createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
  return formRequest(url, fields, { 'x-twilio-signature': signature });
}
