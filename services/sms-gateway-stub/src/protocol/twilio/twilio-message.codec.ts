import type { Message, MessageState } from '../../domain/message.js';
import type { HttpReturn } from '../../flow/callback-format.js';

const STATES: Readonly<Record<MessageState, string>> = {
  queued: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  expired: 'undelivered',
  undeliverable: 'undelivered',
  rejected: 'failed',
  deleted: 'canceled',
  unknown: 'undelivered',
};
/** Message delivery failures by the delivery error of section 2.1: 30003 unreachable, 30005 unknown, 30007 filtered. */
const ERRORS: Readonly<Record<number, number>> = { 1: 30005, 6: 30003, 11: 30003, 13: 30004, 253: 30007, 252: 30004 };
const UNKNOWN_ERROR = 30008;

/** What a message remembers of its call. */
export interface TwilioReturn extends HttpReturn {
  readonly serviceSid?: string | undefined;
  readonly isIncoming?: boolean;
}

export const twilioState = ({ state }: Pick<Message, 'state'>): string => STATES[state];

export function twilioErrorCode({ state, error }: Pick<Message, 'state' | 'error'>): number | null {
  const hasFailed = ['undelivered', 'failed'].includes(STATES[state]);
  return hasFailed ? (ERRORS[error] ?? UNKNOWN_ERROR) : null;
}

/** SM and 32 hexadecimal digits that carry the gateway's number. */
export const twilioSid = (id: number): string => `SM${id.toString(16).padStart(32, '0')}`;

/** The gateway's number, NaN for what is no sid of ours. */
export function twilioNumber(sid: string): number {
  const digits = /^SM0{19}([0-9a-f]{13})$/i.exec(sid)?.[1];
  return digits === undefined ? NaN : Number.parseInt(digits, 16);
}

const date = (epochMs: number): string => new Date(epochMs).toUTCString().replace('GMT', '+0000');
/** Alphanumeric senders and short codes stay as they are. */
export const e164 = (number: string): string => (/^\d{8,15}$/.test(number) ? `+${number}` : number);

/** The message resource (section 2.10). */
export function twilioMessage(message: Message) {
  const sid = twilioSid(message.id);
  const uri = `/2010-04-01/Accounts/${message.account}/Messages/${sid}`;
  const hasLeft = message.state !== 'queued';
  return {
    body: message.text,
    num_segments: String(message.segments),
    direction: 'outbound-api',
    from: e164(message.sender),
    to: e164(message.phone),
    date_created: date(message.acceptedAtMs),
    date_updated: date(message.changedAtMs),
    date_sent: hasLeft ? date(message.changedAtMs) : null,
    price: null,
    price_unit: 'USD',
    error_code: twilioErrorCode(message),
    error_message: null,
    uri: `${uri}.json`,
    account_sid: message.account,
    num_media: '0',
    status: twilioState(message),
    messaging_service_sid: (message.returnTo as TwilioReturn | undefined)?.serviceSid ?? null,
    sid,
    api_version: '2010-04-01',
    subresource_uris: { media: `${uri}/Media.json`, feedback: `${uri}/Feedback.json` },
  };
}
