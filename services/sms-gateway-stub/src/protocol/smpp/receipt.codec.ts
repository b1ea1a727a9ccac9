import type { Message, MessageState } from '../../domain/message.js';
import { putNumber } from './octets.js';
import type { ReceiptDraft } from './smpp-tricks.js';

/** message_state and the word of the receipt text (section 2.11). */
export const MESSAGE_STATE: Readonly<Record<MessageState, readonly [number, string]>> = {
  queued: [1, 'ENROUTE'],
  sent: [1, 'ENROUTE'],
  delivered: [2, 'DELIVRD'],
  read: [2, 'DELIVRD'],
  expired: [3, 'EXPIRED'],
  deleted: [4, 'DELETED'],
  undeliverable: [5, 'UNDELIV'],
  unknown: [7, 'UNKNOWN'],
  rejected: [8, 'REJECTD'],
};

const MINUTE_MS = 60_000;
/** Dates of the last minute written: thousands of receipts a second share them. */
const minutes = new Map<number, string>();

/** `YYMMDDhhmm`, with seconds when asked, UTC. */
export function receiptDate(epochMs: number, hasSeconds: boolean): string {
  if (hasSeconds) return digitsOf(epochMs, 12);
  const minute = Math.floor(epochMs / MINUTE_MS);
  let text = minutes.get(minute);
  if (text === undefined) {
    if (minutes.size > 100) minutes.clear();
    text = digitsOf(epochMs, 10);
    minutes.set(minute, text);
  }
  return text;
}

function digitsOf(epochMs: number, count: number): string {
  return new Date(epochMs)
    .toISOString()
    .replace(/\D/g, '')
    .slice(2, 2 + count);
}

/** What a receipt tells of a message. */
export type Reported = Pick<Message, 'state' | 'error' | 'changedAtMs' | 'acceptedAtMs' | 'text'>;

/** The text of a receipt; `text` shows ASCII, other characters are left out as most centres do. */
export function receiptText(
  message: Reported,
  { id, hasSeconds, textLabel }: Pick<ReceiptDraft, 'id' | 'hasSeconds' | 'textLabel'>,
): string {
  const excerpt = message.text.slice(0, EXCERPT).replace(/[^ -~]/g, '');
  return `id:${id}${detailsOf(message, hasSeconds)} ${textLabel}:${excerpt}`;
}

/** Everything between the number and the excerpt. */
function detailsOf({ state, error, changedAtMs, acceptedAtMs }: Omit<Reported, 'text'>, hasSeconds: boolean): string {
  const delivered = state === 'delivered' || state === 'read' ? '001' : '000';
  const submitted = receiptDate(acceptedAtMs, hasSeconds);
  const done = receiptDate(changedAtMs, hasSeconds);
  const [, word] = MESSAGE_STATE[state];
  const number = String(error).padStart(3, '0');
  return ` sub:001 dlvrd:${delivered} submit date:${submitted} done date:${done} stat:${word} err:${number}`;
}

const EXCERPT = 20;

/** Octets of the details that receipts of the same minutes, state and error share. */
interface Details {
  readonly submittedMinute: number;
  readonly doneMinute: number;
  readonly error: number;
  readonly octets: Buffer;
}

/** The details written last, by state. */
const written: Partial<Record<MessageState, Details>> = {};

function sharedDetails(message: Omit<Reported, 'text'>): Buffer {
  const submittedMinute = Math.floor(message.acceptedAtMs / MINUTE_MS);
  const doneMinute = Math.floor(message.changedAtMs / MINUTE_MS);
  const { error, state } = message;
  const last = written[state];
  const isSame = last?.submittedMinute === submittedMinute && last.doneMinute === doneMinute && last.error === error;
  if (last !== undefined && isSame) return last.octets;
  const octets = Buffer.from(`${detailsOf(message, false)} text:`, 'latin1');
  written[state] = { submittedMinute, doneMinute, error, octets };
  return octets;
}

/**
 * The octets of `receiptText` in its usual form, with the message's number as `id`, written from `at` on; returns the place after them. At
 * most `RECEIPT_OCTETS`.
 */
export function putReceiptText(
  buffer: Uint8Array,
  at: number,
  message: Reported & { readonly id: number },
  radix: 10 | 16,
): number {
  buffer[at] = 0x69;
  buffer[at + 1] = 0x64;
  buffer[at + 2] = 0x3a;
  let end = putNumber(buffer, at + 3, message.id, radix);
  const details = sharedDetails(message);
  buffer.set(details, end);
  end += details.length;
  const { text } = message;
  const count = Math.min(text.length, EXCERPT);
  for (let index = 0; index < count; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x20 && code <= 0x7e) buffer[end++] = code;
  }
  return end;
}

/** More than the longest receipt text takes: number, details, excerpt. */
export const RECEIPT_OCTETS = 200;
