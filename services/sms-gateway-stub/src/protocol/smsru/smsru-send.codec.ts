import { ProtocolError } from '@poligon/emulator-kit';
import { latinText } from '../../domain/latin-text.js';
import { isDomestic, recipientPhone } from '../../domain/phone.js';
import { segmentationOf } from '../../domain/segments.js';
import type { Fields } from '../http/fields.js';
import { smsruEntry } from './smsru.errors.js';

const MAX_RECIPIENTS = 5000;
const MAX_SEGMENTS = 8;
const MAX_AHEAD_MS = 62 * 86_400_000;
const DEFAULT_SENDER = 'SMS.RU';
const KEYED = /^(?:to|multi)\[(.{1,40})\]$/;

/** One recipient of a call: a message to send, or the code that refuses it. */
export interface SmsruTarget {
  /** The number as the caller wrote it: the key of the answer. */
  readonly key: string;
  readonly phone: string;
  readonly text: string;
  readonly code?: number | undefined;
}

/** What `/sms/send` and `/sms/cost` are asked for. */
export interface SmsruSend {
  readonly targets: readonly SmsruTarget[];
  readonly sender: string;
  readonly sendAtMs: number | undefined;
  readonly validityMs: number | undefined;
  readonly isTest: boolean;
}

/** Parses a send (section 2.2). @throws ProtocolError with the code that fails the whole call */
export function smsruSend(fields: Fields, nowMs: number): SmsruSend {
  const shape = (text: string) =>
    fields.get('translit') === '1' || fields.get('transit') === '1' ? latinText(text) : text;
  const targets = [...keyed(fields, shape), ...listed(fields, shape)];
  if (targets.length === 0) throw new ProtocolError(smsruEntry(202));
  if (targets.length > MAX_RECIPIENTS) throw new ProtocolError(smsruEntry(213));
  return {
    targets,
    sender: fields.get('from') ?? DEFAULT_SENDER,
    sendAtMs: timeOf(fields.get('time'), nowMs),
    validityMs: ttlOf(fields.get('ttl')),
    isTest: fields.get('test') === '1',
  };
}

function listed(fields: Fields, shape: (text: string) => string): SmsruTarget[] {
  const to = fields.get('to');
  if (to === undefined) return [];
  const text = fields.get('msg') ?? fields.get('text') ?? '';
  if (text === '') throw new ProtocolError(smsruEntry(203));
  return to
    .split(',', MAX_RECIPIENTS + 1)
    .map((key) => key.trim())
    .filter((key) => key !== '')
    .map((key) => target(key, shape(text)));
}

function keyed(fields: Fields, shape: (text: string) => string): SmsruTarget[] {
  return [...fields].flatMap(([name, text]) => {
    const key = KEYED.exec(name)?.[1];
    return key === undefined ? [] : [target(key, shape(text))];
  });
}

function target(key: string, text: string): SmsruTarget {
  if (text.includes('\ufffd')) throw new ProtocolError(smsruEntry(212));
  const phone = recipientPhone(key);
  return { key, phone: phone ?? '', text, code: problemOf(phone, text) };
}

function problemOf(phone: string | undefined, text: string): number | undefined {
  if (phone === undefined) return 202;
  if (!isDomestic(phone)) return 214;
  if (text === '') return 203;
  return segmentationOf(text).segments > MAX_SEGMENTS ? 205 : undefined;
}

function timeOf(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined || text === '') return undefined;
  const atMs = Number(text) * 1000;
  if (!/^\d{1,11}$/.test(text) || atMs - nowMs > MAX_AHEAD_MS) throw new ProtocolError(smsruEntry(208));
  return atMs;
}

function ttlOf(text: string | undefined): number | undefined {
  const minutes = Number(text ?? '');
  return minutes >= 1 && minutes <= 1440 ? minutes * 60_000 : undefined;
}
