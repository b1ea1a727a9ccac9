import type { Exchange } from '@poligon/emulator-kit';
import type { MessageState } from '../domain/message.js';
import type { OperatorVerdict } from './operators.js';

/** A text on its way to the handset. */
export interface Arrival {
  /** Milliseconds after the reply that accepted the message. */
  afterMs: number;
  text: string;
  /** True when parts of it never came. */
  isPartial?: boolean | undefined;
}

/** What becomes of one message; faults change it before it begins. */
export interface DeliveryPlan {
  arrivals: Arrival[];
  /** State changes in the order the provider learns of them. */
  reports: { afterMs: number; state: MessageState; error: number }[];
  /** True: the way begins before the reply leaves, and everything on it is due at once. */
  isBeforeReply: boolean;
}

/** Changes a plan; what a delivery fault does to one message of the exchange it struck. */
export type PlanChange = (plan: DeliveryPlan, message: { readonly phone: string; readonly text: string }) => void;

const PLAN_CHANGES = 'sms plan changes';

/** Remembers a change for every message that this exchange submits. */
export function changePlan(exchange: Exchange, change: PlanChange): void {
  const changes = (exchange.hinted(PLAN_CHANGES) ?? []) as PlanChange[];
  exchange.hint(PLAN_CHANGES, [...changes, change]);
}

/** The changes that faults asked for. */
export function planChanges(exchange: Exchange): readonly PlanChange[] | undefined {
  return exchange.hinted(PLAN_CHANGES) as readonly PlanChange[] | undefined;
}

/** The way the operator means a message to go. */
export function plannedDelivery(verdict: OperatorVerdict, text: string, firstMs: number): DeliveryPlan {
  const { arrivesMs, reportMs, state, error } = verdict;
  const reports: DeliveryPlan['reports'] = [{ afterMs: firstMs, state: 'sent', error: 0 }];
  if (state !== 'sent') reports.push({ afterMs: firstMs + reportMs, state, error });
  const arrivals = arrivesMs === undefined ? [] : [{ afterMs: firstMs + arrivesMs, text }];
  return { arrivals, reports, isBeforeReply: false };
}

/** Lets a message expire that has neither reached the handset nor failed within its validity (section 4). */
export function expire(plan: DeliveryPlan, validityMs: number): void {
  const hasEnd = plan.reports.some(({ state }) => state !== 'queued' && state !== 'sent');
  if (hasEnd && plan.arrivals.every(({ afterMs }) => afterMs <= validityMs)) return;
  plan.arrivals = [];
  const sent = plan.reports.filter(({ state, afterMs }) => state === 'sent' && afterMs < validityMs);
  plan.reports = [...sent, { afterMs: validityMs, state: 'expired', error: 0 }];
}
