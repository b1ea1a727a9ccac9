import { ProtocolError } from '@poligon/emulator-kit';
import { normalisePhone } from '@poligon/people';
import { latinText } from '../../domain/latin-text.js';
import { partsOf } from '../../domain/segments.js';
import type { Recipient } from '../../flow/gateway.js';
import type { Fields } from '../http/fields.js';
import { sendTime, validity } from './smsc-time.codec.js';

/** Recipients of one call; the real limit is not published, this one bounds memory. */
const MAX_RECIPIENTS = 10_000;
const MAX_TEXT = 1000;
const DEFAULT_SENDER = 'SMSC.RU';
/** Kinds that reach no handset as text: they ask about a number. */
const SILENT = ['hlr', 'ping'];

/** What `send.php` is asked for. */
export interface SmscSend {
  readonly recipients: readonly Recipient[];
  readonly sender: string;
  readonly clientId: string | undefined;
  readonly form: string;
  /** 0 send, 1 price only, 2 send and price, 3 send, price and balance. */
  readonly cost: number;
  /** `op=1`: every number is told about. */
  readonly isPerNumber: boolean;
  /** `err=1`: numbers that failed are told about. */
  readonly isWithErrors: boolean;
  /** True for hlr and ping. */
  readonly isSilent: boolean;
  readonly sendAtMs: number | undefined;
  readonly validityMs: number | undefined;
}

/** Parses `send.php` (section 2.1). @throws ProtocolError `parameters-error`, `invalid-number`, `invalid-date` */
export function smscSend(fields: Fields, nowMs: number): SmscSend {
  const id = fields.get('id');
  if (id !== undefined && id !== '' && !isClientId(id)) throw new ProtocolError('parameters-error');
  const isSilent = SILENT.some((kind) => fields.get(kind) === '1');
  return {
    recipients: recipientsOf(fields, isSilent),
    sender: senderOf(fields.get('sender')),
    clientId: id === '' ? undefined : id,
    form: fields.get('fmt') ?? '0',
    cost: costMode(fields.get('cost')),
    isPerNumber: fields.get('op') === '1',
    isWithErrors: fields.get('err') === '1',
    isSilent,
    sendAtMs: sendTime(fields.get('time'), fields.get('tz'), nowMs),
    validityMs: validity(fields.get('valid')),
  };
}

/** 1 … 2147483647. */
function isClientId(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= 2_147_483_647;
}

function senderOf(text: string | undefined): string {
  return text === undefined || text === '' || text === '.' ? DEFAULT_SENDER : text.slice(0, 20);
}

function costMode(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  if (!/^[0-3]$/.test(text)) throw new ProtocolError('parameters-error');
  return Number(text);
}

function recipientsOf(fields: Fields, isSilent: boolean): Recipient[] {
  const list = fields.get('list');
  const shape = shaper(fields, isSilent);
  const recipients = list === undefined ? fromPhones(fields, shape) : fromList(list, shape);
  if (recipients.length === 0 || recipients.length > MAX_RECIPIENTS) throw new ProtocolError('parameters-error');
  return recipients;
}

type Shape = (text: string | undefined) => string;

/** `translit` writes in Latin letters, `maxsms` cuts a long text. */
function shaper(fields: Fields, isSilent: boolean): Shape {
  const translit = ['1', '2'].includes(fields.get('translit') ?? '');
  const maxParts = Number(fields.get('maxsms') ?? '0');
  return (given) => {
    if (isSilent) return '';
    const text = textOf(given);
    const written = translit ? latinText(text) : text;
    return maxParts > 0 ? partsOf(written).slice(0, maxParts).join('') : written;
  };
}

function fromPhones(fields: Fields, shape: Shape): Recipient[] {
  const text = shape(fields.get('mes'));
  return (fields.get('phones') ?? '')
    .split(/[,;]/, MAX_RECIPIENTS + 1)
    .filter((phone) => phone.trim() !== '')
    .map((phone) => ({ phone: phoneOf(phone), text }));
}

function fromList(list: string, shape: Shape): Recipient[] {
  return list
    .split('\n', MAX_RECIPIENTS + 1)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf(':');
      return { phone: phoneOf(line.slice(0, Math.max(0, at))), text: shape(line.slice(at + 1)) };
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
