import type { OutgoingReply } from '@poligon/emulator-kit';
import type { Account } from '../domain/account.js';
import type { Message } from '../domain/message.js';
import type { IncomingText } from './receipt-desk.js';

/** Injection token of the formats of all dialects. */
export const CALLBACK_FORMATS = Symbol('callback formats');

/** How faults spoil a callback. */
export interface CallbackQuirks {
  readonly isSignatureBad?: boolean;
  readonly isViaGet?: boolean;
  /** SMS.RU: the first key is `data[1]`. */
  readonly isIndexFromOne?: boolean;
  /** SMS.RU: the hash is MD5. */
  readonly isHashMd5?: boolean;
}

/** One HTTP call to a client. */
export interface CallbackRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A message as it was when its state changed. */
export type CallbackEvent = Readonly<Message>;

/** Per-message callback wishes of a client. */
export interface HttpReturn {
  readonly callbackUrl?: string | undefined;
  /** JSON instead of a form (SMS Aero). */
  readonly isJson?: boolean;
  /** Echoed back (Devino). */
  readonly options?: unknown;
}

/** How one dialect tells its clients of state changes and incoming texts. */
export interface CallbackFormat {
  readonly dialect: string;
  /** Events that fit one call. */
  readonly batch: number;
  /** Waits before further attempts. */
  readonly retryDelaysMs: readonly number[];
  /** States that are told. */
  isTold(event: CallbackEvent): boolean;
  request(url: string, events: readonly CallbackEvent[], account: Account, quirks: CallbackQuirks): CallbackRequest;
  /** A call for an incoming text; undefined when the dialect has none. */
  incoming?(url: string, text: IncomingText, account: Account): CallbackRequest;
  /** True when the client's answer ends the matter. */
  isAccepted(reply: OutgoingReply): boolean;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** 1, 5, 15, 60 minutes, then hourly, a day or more altogether (section 8). */
export function patientRetries(hours: number): readonly number[] {
  return [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, ...new Array<number>(hours).fill(HOUR_MS)];
}

/** Three attempts more. */
export const FEW_RETRIES: readonly number[] = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];

export const isOk = ({ status }: OutgoingReply): boolean => status >= 200 && status < 300;

/** A form call. */
export function formRequest(
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): CallbackRequest {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  };
}

/** A JSON call. */
export function jsonRequest(url: string, value: unknown): CallbackRequest {
  return { method: 'POST', url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
