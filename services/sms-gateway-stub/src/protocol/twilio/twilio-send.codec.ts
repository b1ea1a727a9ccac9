import { ProtocolError } from '@poligon/emulator-kit';
import { recipientPhone } from '../../domain/phone.js';
import type { Recipient } from '../../flow/gateway.js';
import type { Fields } from '../http/fields.js';
import type { TwilioReturn } from './twilio-message.codec.js';

const MAX_BODY = 1600;
/** Numbers of the test account that always fail (section 3.3). */
const MAGIC_TO: Readonly<Record<string, string>> = {
  '15005550001': 'bad-to',
  '15005550002': 'not-capable',
  '15005550003': 'region',
  '15005550004': 'stop-list',
  '15005550009': 'not-mobile',
};
const MAGIC_FROM: Readonly<Record<string, string>> = { '15005550001': 'bad-from' };

/** What `Messages.json` is asked for. */
export interface TwilioSend {
  readonly sender: string;
  readonly recipient: Recipient;
  readonly sendAtMs: number | undefined;
  readonly validityMs: number | undefined;
}

/** Parses a send (section 2.10). @throws ProtocolError of the first thing that is wrong */
export function twilioSend(fields: Fields): TwilioSend {
  const phone = toOf(fields.get('To'));
  const text = fields.get('Body') ?? '';
  if (text === '') throw new ProtocolError('no-body');
  if (text.length > MAX_BODY) throw new ProtocolError('long-body');
  const returnTo: TwilioReturn = {
    callbackUrl: urlOf(fields.get('StatusCallback')),
    serviceSid: fields.get('MessagingServiceSid'),
  };
  const validity = Number(fields.get('ValidityPeriod') ?? NaN);
  const sendAtMs = Date.parse(fields.get('SendAt') ?? '');
  return {
    sender: fromOf(fields),
    recipient: { phone, text, returnTo },
    sendAtMs: Number.isNaN(sendAtMs) ? undefined : sendAtMs,
    validityMs: validity > 0 && validity <= 36_000 ? validity * 1000 : undefined,
  };
}

function toOf(text: string | undefined): string {
  if (text === undefined || text === '') throw new ProtocolError('no-to');
  const phone = recipientPhone(text);
  const entry = phone === undefined ? 'bad-to' : MAGIC_TO[phone];
  if (entry !== undefined) throw new ProtocolError(entry);
  return phone!;
}

function fromOf(fields: Fields): string {
  const from = fields.get('From') ?? fields.get('MessagingServiceSid') ?? '';
  if (from === '') throw new ProtocolError('no-from');
  const entry = MAGIC_FROM[from.replace(/\D/g, '')];
  if (entry !== undefined || from.length > 50) throw new ProtocolError('bad-from');
  return from.startsWith('+') ? from.slice(1) : from;
}

function urlOf(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw new ProtocolError('bad-request');
  return text;
}
