import type { Exchange } from '@poligon/emulator-kit';
import type { MessageState } from '../domain/message.js';

/** Names under which domain faults speak to the delivery. */
export const DELIVERY_HINT = {
  lost: 'sms-lost',
  late: 'sms-late',
  duplicate: 'sms-duplicate',
  undelivered: 'sms-undelivered',
} as const;

/** When a text reaches the handset (once, twice or never) and what the provider reports in the end. */
export interface DeliveryPlan {
  /** Milliseconds after acceptance. */
  readonly arrivalsMs: readonly number[];
  readonly final?: { readonly state: MessageState; readonly error: number; readonly afterMs: number } | undefined;
}

/** Plans the way of one message from the operator's delay and the faults that struck its submission. */
export function deliveryPlan(exchange: Exchange, handsetDelayMs: number, receiptDelayMs: number): DeliveryPlan {
  // A lost message stays with the operator for ever: no arrival and no final state.
  if (exchange.hinted(DELIVERY_HINT.lost) === true) return { arrivalsMs: [] };
  const error = exchange.hinted(DELIVERY_HINT.undelivered);
  if (typeof error === 'number')
    return { arrivalsMs: [], final: { state: 'undeliverable', error, afterMs: receiptDelayMs } };
  const lateMs = exchange.hinted(DELIVERY_HINT.late);
  const arrivesMs = handsetDelayMs + (typeof lateMs === 'number' ? lateMs : 0);
  const again = exchange.hinted(DELIVERY_HINT.duplicate);
  const arrivalsMs = typeof again === 'number' ? [arrivesMs, arrivesMs + again] : [arrivesMs];
  return { arrivalsMs, final: { state: 'delivered', error: 0, afterMs: Math.max(receiptDelayMs, arrivesMs) } };
}
