import type { Clock, Exchange } from '@poligon/emulator-kit';
import { HINT } from '../faults/fault-hints.js';

/** Wall time as this exchange sees it: the fault `clock-skew` moves it. */
export function nowOf(exchange: Exchange, clock: Clock): number {
  const offsetMs = exchange.hinted(HINT.clockSkew);
  return clock.nowMs() + (typeof offsetMs === 'number' ? offsetMs : 0);
}
