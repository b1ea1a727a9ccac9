import type { Exchange } from '@poligon/emulator-kit';
import { endWith, type DeliveryEnd } from '../flow/delivery-ends.js';

/** Answers with the dialect's own error; a dialect that has none accepts the message and gives it `later`, when there is one. */
export function refuse(
  exchange: Exchange,
  entry: string | undefined,
  later?: Pick<DeliveryEnd, 'state' | 'error'>,
): void {
  if (entry !== undefined) exchange.fail(entry);
  else if (later !== undefined) endWith(exchange, { ...later, afterMs: 0 });
}
