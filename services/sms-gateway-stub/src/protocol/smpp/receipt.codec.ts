import type { Message, MessageState } from '../../domain/message.js';
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
  const delivered = message.state === 'delivered' || message.state === 'read' ? '001' : '000';
  const submitted = receiptDate(message.acceptedAtMs, hasSeconds);
  const done = receiptDate(message.changedAtMs, hasSeconds);
  const error = String(message.error).padStart(3, '0');
  const [, word] = MESSAGE_STATE[message.state];
  const excerpt = asciiStart(message.text);
  return `id:${id} sub:001 dlvrd:${delivered} submit date:${submitted} done date:${done} stat:${word} err:${error} ${textLabel}:${excerpt}`;
}

function asciiStart(text: string): string {
  const start = text.slice(0, 20);
  return isAscii(start) ? start : start.replace(/[^ -~]/g, '');
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}
