import { ProtocolError, WireReply } from '@poligon/emulator-kit';
import { normalisePhone } from '@poligon/people';
import type { Submission } from '../../flow/gateway.js';
import type { SmscParameters } from './smsc-parameters.codec.js';

/** Recipients of one call; the real limit is not published, this one bounds memory. */
const MAX_RECIPIENTS = 10_000;
const MAX_TEXT = 1000;
const DEFAULT_SENDER = 'SMSC.RU';
/** `time`: DDMMYYhhmm, `h1-h2`, `0ts`, `+m`, or 0. */
const TIME = /^(?:0|\d{10}|\d{1,2}-\d{1,2}|0\d{9,11}|\+\d+)$/;

/** What `send.php` is asked for. */
export interface SmscSend extends Submission {
  readonly form: string;
  /** 0 send, 1 price only, 2 send and price, 3 send, price and balance. */
  readonly cost: number;
  readonly isPerNumber: boolean;
}

/** What is answered. */
export interface SmscSent {
  readonly id?: number | undefined;
  readonly count: number;
  readonly cost: number;
  readonly balance: number;
}

/** Parses `send.php` (section 2.1). @throws ProtocolError `parameters-error`, `invalid-number`, `invalid-date` */
export function smscSend(parameters: SmscParameters): SmscSend {
  const time = parameters.get('time');
  if (time !== undefined && time !== '' && !TIME.test(time)) throw new ProtocolError('invalid-date');
  const id = parameters.get('id');
  if (id !== undefined && !/^[1-9]\d{0,9}$/.test(id)) throw new ProtocolError('parameters-error');
  const sender = parameters.get('sender');
  return {
    dialect: 'smsc',
    recipients: recipientsOf(parameters),
    sender: sender === undefined || sender === '' || sender === '.' ? DEFAULT_SENDER : sender.slice(0, 20),
    clientId: id,
    form: parameters.get('fmt') ?? '0',
    cost: costMode(parameters.get('cost')),
    isPerNumber: parameters.get('op') === '1',
  };
}

function costMode(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  if (!/^[0-3]$/.test(text)) throw new ProtocolError('parameters-error');
  return Number(text);
}

function recipientsOf(parameters: SmscParameters): Submission['recipients'] {
  const list = parameters.get('list');
  const recipients = list === undefined ? fromPhones(parameters) : fromList(list);
  if (recipients.length === 0 || recipients.length > MAX_RECIPIENTS) throw new ProtocolError('parameters-error');
  return recipients;
}

function fromPhones(parameters: SmscParameters): Submission['recipients'] {
  const text = textOf(parameters.get('mes'));
  return (parameters.get('phones') ?? '')
    .split(/[,;]/)
    .filter((phone) => phone.trim() !== '')
    .map((phone) => ({ phone: phoneOf(phone), text }));
}

function fromList(list: string): Submission['recipients'] {
  return list
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf(':');
      return { phone: phoneOf(line.slice(0, Math.max(0, at))), text: textOf(line.slice(at + 1)) };
    });
}

function phoneOf(text: string): string {
  const phone = normalisePhone(text);
  if (phone === undefined) throw new ProtocolError('invalid-number');
  return phone;
}

function textOf(text: string | undefined): string {
  if (text === undefined || text === '') throw new ProtocolError('parameters-error');
  if (text.length > MAX_TEXT) throw new ProtocolError('message-denied');
  return text;
}

/** Writes the answer in the form asked for. `id` and `cnt` are JSON numbers, money is text. */
export function smscSentReply(send: SmscSend, sent: SmscSent): WireReply {
  const cost = sent.cost.toFixed(2);
  const balance = sent.balance.toFixed(2);
  const writers: Readonly<Record<string, () => WireReply>> = {
    '1': () => WireReply.text(send.cost === 1 ? `${cost},${sent.count}` : compact(send, sent, cost, balance)),
    '2': () => WireReply.text(xml(sent, send, cost, balance), 200, 'text/xml; charset=utf-8'),
    '3': () => WireReply.json(json(send, sent, cost, balance)),
  };
  return (writers[send.form] ?? (() => WireReply.text(verbose(send, sent, cost))))();
}

function verbose(send: SmscSend, { id, count }: SmscSent, cost: string): string {
  if (send.cost === 1) return `cost - ${cost}`;
  return `OK - ${count} SMS, ID - ${id}${send.cost === 0 ? '' : `, cost - ${cost}`}`;
}

function compact(send: SmscSend, { id, count }: SmscSent, cost: string, balance: string): string {
  if (send.cost === 0) return `${id},${count}`;
  return send.cost === 2 ? `${id},${count},${cost}` : `${id},${count},${cost},${balance}`;
}

function xml({ id, count }: SmscSent, send: SmscSend, cost: string, balance: string): string {
  const fields = [
    id === undefined ? '' : `<id>${id}</id>`,
    `<cnt>${count}</cnt>`,
    send.cost === 0 ? '' : `<cost>${cost}</cost>`,
    send.cost === 3 ? `<balance>${balance}</balance>` : '',
  ];
  return `<?xml version="1.0" encoding="utf-8"?>\n<result>${fields.join('')}</result>`;
}

function json(send: SmscSend, { id, count }: SmscSent, cost: string, balance: string): object {
  return {
    ...(id === undefined ? {} : { id }),
    cnt: count,
    ...(send.cost === 0 ? {} : { cost }),
    ...(send.cost === 3 ? { balance } : {}),
    ...(send.isPerNumber ? { phones: perNumber(send, cost) } : {}),
  };
}

function perNumber(send: SmscSend, cost: string): object[] {
  return send.recipients.map(({ phone }) => ({ phone, mccmnc: '25001', cost, status: '0', error: '' }));
}
