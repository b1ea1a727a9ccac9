import type { Exchange } from '@poligon/emulator-kit';
import type { MessageState } from '../domain/message.js';
import { changePlan } from './delivery-plan.js';

/** How a message ends against the operator's will. */
export interface DeliveryEnd {
  readonly state: MessageState;
  readonly error: number;
  /** From acceptance to the report; when the operator would have reported otherwise. */
  readonly afterMs?: number | undefined;
  /** True: the handset shows the text all the same. */
  readonly isShown?: boolean;
}

/** Gives every message of the exchange this end. */
export function endWith(exchange: Exchange, { state, error, afterMs, isShown }: DeliveryEnd): void {
  changePlan(exchange, (plan) => {
    if (isShown !== true) plan.arrivals = [];
    const dueMs = afterMs ?? plan.reports.at(-1)?.afterMs ?? 0;
    const before = plan.reports.filter((report) => report.state === 'sent' && report.afterMs <= dueMs);
    plan.reports = [...before, { afterMs: dueMs, state, error }];
  });
}
