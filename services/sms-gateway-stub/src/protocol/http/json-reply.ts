import { WireReply, type Exchange } from '@poligon/emulator-kit';

/** Hint under which faults ask for another reply body: `missing-id` or `type-drift`. */
export const REPLY_CHANGE = 'sms reply change';

/** Fields that carry a message id, over all dialects. */
const ID_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'sms_id',
  'message_id',
  'messageId',
  'msg_id',
  'smscId',
  'sid',
  'internal_id',
]);
const DRIFTING: ReadonlySet<string> = new Set(['cost', 'balance', 'total_cost', ...ID_FIELDS]);

type Replacer = (key: string, value: unknown) => unknown;
const CHANGES: Readonly<Record<string, Replacer>> = {
  'missing-id': (key, value) => (ID_FIELDS.has(key) ? undefined : value),
  'type-drift': (key, value) => (DRIFTING.has(key) ? drifted(value) : value),
};

/** A JSON reply to a send, changed when a fault asked for it. */
export function jsonReply(exchange: Exchange, value: unknown, status = 200): WireReply {
  const change = CHANGES[exchange.hinted(REPLY_CHANGE) as string];
  return new WireReply(status, { 'content-type': 'application/json; charset=utf-8' }, JSON.stringify(value, change));
}

function drifted(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
