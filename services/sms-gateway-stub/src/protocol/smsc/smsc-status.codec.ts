import { WireReply } from '@poligon/emulator-kit';
import type { Message, MessageState } from '../../domain/message.js';

/** Section 4: neutral state to the provider's number. */
const STATUS: Readonly<Record<MessageState, readonly [number, string]>> = {
  queued: [-1, 'Ожидает отправки'],
  sent: [0, 'Передано оператору'],
  delivered: [1, 'Доставлено'],
  expired: [3, 'Просрочено'],
  undeliverable: [20, 'Невозможно доставить'],
  rejected: [23, 'Запрещено'],
  deleted: [-2, 'Остановлено'],
};
const NOT_FOUND = [-3, 'Сообщение не найдено'] as const;
/** The provider shows dates in Moscow time. */
const MOSCOW_MS = 3 * 3_600_000;

/** One asked status: the message, or nothing when the id and phone are unknown. */
export interface AskedStatus {
  readonly id: string;
  readonly phone: string;
  readonly message: Message | undefined;
}

/** `DD.MM.YYYY hh:mm:ss`, Moscow time. */
function moscow(epochMs: number): string {
  const [date, time] = new Date(epochMs + MOSCOW_MS).toISOString().split('T') as [string, string];
  return `${date.split('-').reverse().join('.')} ${time.slice(0, 8)}`;
}

const seconds = (epochMs: number): number => Math.floor(epochMs / 1000);

function statusOf(message: Message | undefined): readonly [number, string] {
  return message === undefined ? NOT_FOUND : STATUS[message.state];
}

function jsonStatus({ message, id, phone }: AskedStatus, all: number, isMany: boolean): object {
  const [status, name] = statusOf(message);
  const key = isMany ? { id: Number(id), phone } : {};
  if (message === undefined) return { status, last_date: '', last_timestamp: 0, err: 0, ...key };
  const basic = {
    status,
    last_date: moscow(message.changedAtMs),
    last_timestamp: seconds(message.changedAtMs),
    err: message.error,
  };
  if (all === 0) return { ...basic, ...key };
  return {
    ...basic,
    send_date: moscow(message.acceptedAtMs),
    send_timestamp: seconds(message.acceptedAtMs),
    phone: message.phone,
    cost: message.cost.toFixed(2),
    sender_id: message.sender,
    status_name: name,
    message: message.text,
    type: 0,
    id: message.id,
    ...(all === 2 ? { country: 'Россия', operator: 'Полигон', region: 'Россия' } : {}),
  };
}

function textStatus({ message, id, phone }: AskedStatus, all: number, isMany: boolean): string {
  const [status, name] = statusOf(message);
  const fields = [status, message === undefined ? 0 : seconds(message.changedAtMs), message?.error ?? 0];
  const more =
    all === 0 || message === undefined
      ? []
      : [seconds(message.acceptedAtMs), message.phone, message.cost.toFixed(2), message.sender, name, message.text];
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
    const item = asked.map((one) => `<status>${statusOf(one.message)[0]}</status>`).join('');
    return WireReply.text(
      `<?xml version="1.0" encoding="utf-8"?>\n<result>${item}</result>`,
      200,
      'text/xml; charset=utf-8',
    );
  }
  const prefix = form === '0' ? 'Status = ' : '';
  return WireReply.text(asked.map((one) => prefix + textStatus(one, all, isMany)).join('\n'));
}
