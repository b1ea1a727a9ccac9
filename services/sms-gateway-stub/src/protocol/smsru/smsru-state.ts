import type { Message, MessageState } from '../../domain/message.js';

const CODES: Readonly<Record<MessageState, number>> = {
  queued: 100,
  sent: 102,
  delivered: 103,
  read: 110,
  expired: 104,
  deleted: 105,
  undeliverable: 107,
  rejected: 108,
  unknown: -1,
};
/** Finer codes of an undeliverable message by the delivery error of section 2.1. */
const BY_ERROR: Readonly<Record<number, number>> = { 12: 106, 21: 106, 248: 150, 1: 150 };

/** Delivery state of section 4 as SMS.RU's code. */
export function smsruStateCode({ state, error }: Pick<Message, 'state' | 'error'>): number {
  return state === 'undeliverable' ? (BY_ERROR[error] ?? CODES[state]) : CODES[state];
}

/** `000000-1000`: six digits, a dash, the gateway's number. */
export const smsruId = (id: number): string => `000000-${id}`;

/** The gateway's number, NaN for what is none. */
export function smsruNumber(text: string): number {
  return Number(/^\d{6}-(\d{1,15})$/.exec(text.trim())?.[1] ?? NaN);
}
