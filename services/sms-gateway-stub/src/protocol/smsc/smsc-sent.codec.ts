import { WireReply, type Exchange } from '@poligon/emulator-kit';
import { jsonReply } from '../http/json-reply.js';
import type { SmscSend } from './smsc-send.codec.js';
import { xmlReply, xmlText } from './smsc-xml.codec.js';

/** What became of one number of a send. */
export interface SmscSentNumber {
  readonly phone: string;
  readonly mccmnc: string;
  readonly cost: number;
  readonly status: number;
  readonly error: number;
}

/** What `send.php` is answered with. */
export interface SmscSent {
  readonly id?: number | undefined;
  /** Segments of all messages. */
  readonly count: number;
  readonly cost: number;
  readonly balance: number;
  readonly numbers: readonly SmscSentNumber[];
}

/** Writes the answer in the form asked for. `id` and `cnt` are JSON numbers, money is text. */
export function smscSentReply(exchange: Exchange, send: SmscSend, sent: SmscSent): WireReply {
  switch (send.form) {
    case '1':
      return WireReply.text(compact(send, sent));
    case '2':
      return xmlReply(xml(send, sent));
    case '3':
      return jsonReply(exchange, json(send, sent));
    default:
      return WireReply.text(verbose(send, sent));
  }
}

const money = (roubles: number): string => roubles.toFixed(2);

function verbose({ cost }: SmscSend, sent: SmscSent): string {
  if (cost === 1) return `cost - ${money(sent.cost)}`;
  const price = cost === 0 ? '' : `, cost - ${money(sent.cost)}`;
  return `OK - ${sent.count} SMS, ID - ${sent.id}${price}${cost === 3 ? `, balance - ${money(sent.balance)}` : ''}`;
}

function compact({ cost }: SmscSend, sent: SmscSent): string {
  if (cost === 1) return `${money(sent.cost)},${sent.count}`;
  const basic = `${sent.id},${sent.count}`;
  if (cost === 0) return basic;
  return cost === 2 ? `${basic},${money(sent.cost)}` : `${basic},${money(sent.cost)},${money(sent.balance)}`;
}

function xml(send: SmscSend, sent: SmscSent): string {
  const fields = [
    sent.id === undefined ? '' : `<id>${sent.id}</id>`,
    `<cnt>${sent.count}</cnt>`,
    send.cost === 0 ? '' : `<cost>${money(sent.cost)}</cost>`,
    send.cost === 3 ? `<balance>${money(sent.balance)}</balance>` : '',
    ...numbersOf(send, sent).map(
      ({ phone, cost, status, error }) =>
        `<phone cost="${money(cost)}" status="${status}" error="${error}">${xmlText(phone)}</phone>`,
    ),
  ];
  return `<result>${fields.join('')}</result>`;
}

function json(send: SmscSend, sent: SmscSent): object {
  const phones = numbersOf(send, sent).map(({ phone, mccmnc, cost, status, error }) => ({
    phone,
    mccmnc,
    cost: money(cost),
    status: String(status),
    error: error === 0 ? '' : String(error),
  }));
  return {
    ...(sent.id === undefined ? {} : { id: sent.id }),
    cnt: sent.count,
    ...(send.cost === 0 ? {} : { cost: money(sent.cost) }),
    ...(send.cost === 3 ? { balance: money(sent.balance) } : {}),
    ...(phones.length > 0 ? { phones } : {}),
  };
}

/** `op=1` tells of every number, `err=1` of those that failed. */
function numbersOf(send: SmscSend, sent: SmscSent): readonly SmscSentNumber[] {
  if (send.isPerNumber) return sent.numbers;
  return send.isWithErrors ? sent.numbers.filter(({ error }) => error !== 0) : [];
}
