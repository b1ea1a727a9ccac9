import { WireReply } from '@poligon/emulator-kit';
import type { Message, MessageState } from '../../domain/message.js';
import type { OperatorRange } from '../../flow/operator-range.js';
import { moscowText } from './smsc-time.codec.js';
import { xmlReply, xmlText } from './smsc-xml.codec.js';

/** Section 4: neutral state to the provider's number. */
const STATUS: Readonly<Record<MessageState, readonly [number, string]>> = {
  queued: [-1, 'Ожидает отправки'],
  sent: [0, 'Передано оператору'],
  delivered: [1, 'Доставлено'],
  read: [2, 'Прочитано'],
  expired: [3, 'Просрочено'],
  undeliverable: [20, 'Невозможно доставить'],
  rejected: [23, 'Запрещено'],
  deleted: [-2, 'Остановлено'],
  unknown: [-3, 'Сообщение не найдено'],
};
/** The provider's number of a state. */
export const smscStatusNumber = (state: MessageState): number => STATUS[state][0];

const NOT_FOUND = [-3, 'Сообщение не найдено'] as const;
/** One asked status: the message, or nothing when the id and phone are unknown. */
export interface AskedStatus {
  readonly id: string;
  readonly phone: string;
  readonly message: Message | undefined;
  readonly operator: OperatorRange;
}

const seconds = (epochMs: number): number => Math.floor(epochMs / 1000);

function statusOf(message: Message | undefined): readonly [number, string] {
  return message === undefined ? NOT_FOUND : STATUS[message.state];
}

function jsonStatus({ message, id, phone, operator }: AskedStatus, all: number, isMany: boolean): object {
  const [status, name] = statusOf(message);
  const key = isMany ? { id: Number(id), phone } : {};
  if (message === undefined) return { status, last_date: '', last_timestamp: 0, err: 0, ...key };
  const basic = {
    status,
    last_date: moscowText(message.changedAtMs),
    last_timestamp: seconds(message.changedAtMs),
    err: message.error,
  };
  if (all === 0) return { ...basic, ...key };
  return {
    ...basic,
    send_date: moscowText(message.acceptedAtMs),
    send_timestamp: seconds(message.acceptedAtMs),
    phone: message.phone,
    cost: message.cost.toFixed(2),
    sender_id: message.sender,
    status_name: name,
    message: message.text,
    type: 0,
    id: Number(id),
    ...(all === 2 ? { country: 'Россия', operator: operator.name, region: operator.region } : {}),
  };
}

function textStatus({ message, id, phone, operator }: AskedStatus, all: number, isMany: boolean): string {
  const [status, name] = statusOf(message);
  const fields = [status, message === undefined ? 0 : seconds(message.changedAtMs), message?.error ?? 0];
  const more =
    all === 0 || message === undefined
      ? []
      : [seconds(message.acceptedAtMs), message.phone, message.cost.toFixed(2), message.sender, name, message.text];
  if (all === 2 && message !== undefined) more.push('Россия', operator.name, operator.region);
  return [...fields, ...more, ...(isMany ? [id, phone] : [])].join(',');
}

/** Writes the answer of `status.php` (section 2.1) in the form asked for. */
export function smscStatusReply(asked: readonly AskedStatus[], form: string, all: number): WireReply {
  const isMany = asked.length > 1;
  if (form === '3') {
    const items = asked.map((one) => jsonStatus(one, all, isMany));
    return WireReply.json(isMany ? items : items[0]);
  }
  if (form === '2') {
    return xmlReply(`<result>${asked.map((one) => xmlStatus(one, isMany)).join('')}</result>`);
  }
  const prefix = form === '0' ? 'Status = ' : '';
  return WireReply.text(asked.map((one) => prefix + textStatus(one, all, isMany)).join('\n'));
}

function xmlStatus({ message, id, phone }: AskedStatus, isMany: boolean): string {
  const [status] = statusOf(message);
  const fields = [
    `<status>${status}</status>`,
    message === undefined ? '' : `<last_date>${moscowText(message.changedAtMs)}</last_date>`,
    `<err>${message?.error ?? 0}</err>`,
    isMany ? `<id>${id}</id><phone>${xmlText(phone)}</phone>` : '',
  ];
  return isMany ? `<item>${fields.join('')}</item>` : fields.join('');
}
