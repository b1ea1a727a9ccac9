import type { Message, MessageState } from '../../domain/message.js';

/** Number and word of a state (sections 2.3 and 4). */
const STATES: Readonly<Record<MessageState, readonly [number, string]>> = {
  queued: [0, 'queue'],
  sent: [3, 'smsc submit'],
  delivered: [1, 'delivery'],
  read: [1, 'delivery'],
  expired: [2, 'fail'],
  undeliverable: [2, 'fail'],
  deleted: [2, 'fail'],
  unknown: [2, 'fail'],
  rejected: [6, 'smsc reject'],
};

const seconds = (epochMs: number): number => Math.floor(epochMs / 1000);

export const smsaeroState = ({ state }: Pick<Message, 'state'>): readonly [number, string] => STATES[state];

/** A message as `sms/send` shows it; `cost` is a number there. */
export function smsaeroMessage(message: Message) {
  const [status, extendStatus] = smsaeroState(message);
  return {
    id: message.id,
    from: message.sender,
    number: message.phone,
    text: message.text,
    status,
    extendStatus,
    channel: 'FREE SIGN',
    cost: Math.round(message.cost * 100) / 100,
    dateCreate: seconds(message.acceptedAtMs),
    dateSend: seconds(message.acceptedAtMs),
  };
}

/** A message as `sms/status` and `sms/list` show it: `cost` turns into text. */
export function smsaeroStatus(message: Message) {
  return { ...smsaeroMessage(message), dateAnswer: seconds(message.changedAtMs), cost: message.cost.toFixed(2) };
}

/** The envelope of every success. */
export const smsaeroOk = (data: unknown, message: string | null = null) => ({ success: true, data, message });
