import type { ExposedSample } from '../metrics/exposition.js';

/** Counters of one operation of an emulator since its start. */
export interface ExchangeTotals {
  calls: number;
  totalMs: number;
  /** Put in on purpose, by baseline and faults. */
  injectedMs: number;
  outcomes: Record<string, number>;
}

/** One operation of an emulator on one hold. */
export interface ExchangesOfOperation extends ExchangeTotals {
  operation: string;
}

const DURATION = 'poligon_exchange_duration_seconds';
const INTENDED = 'poligon_latency_intended_seconds';

/** Reads the exchange metrics every emulator has. */
export function exchangeTotals(samples: readonly ExposedSample[]): Map<string, ExchangeTotals> {
  const totals = new Map<string, ExchangeTotals>();
  const of = (operation: string) => {
    const known = totals.get(operation) ?? { calls: 0, totalMs: 0, injectedMs: 0, outcomes: {} };
    totals.set(operation, known);
    return known;
  };
  for (const { name, labels, value } of samples) {
    const operation = labels['operation'];
    if (operation === undefined) continue;
    if (name === `${DURATION}_count`) of(operation).calls = value;
    else if (name === `${DURATION}_sum`) of(operation).totalMs = value * 1000;
    else if (name === `${INTENDED}_sum`) of(operation).injectedMs = value * 1000;
    else if (name === 'poligon_exchanges_total') of(operation).outcomes[labels['outcome'] ?? ''] = value;
  }
  return totals;
}

const NOTHING: ExchangeTotals = { calls: 0, totalMs: 0, injectedMs: 0, outcomes: {} };

/** What happened between two readings; an emulator that was restarted in between counts from zero. */
export function exchangesBetween(
  before: ReadonlyMap<string, ExchangeTotals>,
  after: ReadonlyMap<string, ExchangeTotals>,
): ExchangesOfOperation[] {
  const rows = [...after].map(([operation, now]) => {
    const known = before.get(operation) ?? NOTHING;
    return { operation, ...difference(known.calls <= now.calls ? known : NOTHING, now) };
  });
  return rows.filter(({ calls }) => calls > 0);
}

function difference(then: ExchangeTotals, now: ExchangeTotals): ExchangeTotals {
  const outcomes = Object.entries(now.outcomes).map(
    ([outcome, count]) => [outcome, count - (then.outcomes[outcome] ?? 0)] as const,
  );
  return {
    calls: now.calls - then.calls,
    totalMs: now.totalMs - then.totalMs,
    injectedMs: now.injectedMs - then.injectedMs,
    outcomes: Object.fromEntries(outcomes.filter(([, count]) => count > 0)),
  };
}
