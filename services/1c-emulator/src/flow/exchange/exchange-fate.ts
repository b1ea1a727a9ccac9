import type { Exchange } from '@poligon/emulator-kit';

/** How faults bend one call of data exchange (1c.md 6). */
export interface ExchangeFate {
  readonly hasNoNode: boolean;
  readonly isUpdating: boolean;
  readonly isStuck: boolean;
  readonly isCanceled: boolean;
  readonly isPartMissing: boolean;
  readonly hasEmptyArchive: boolean;
  /** What a message's number is above the last one's: 1, more for a gap, 0 for a repeat. */
  readonly numberStep: number;
}

export const ordinaryFate: ExchangeFate = {
  hasNoNode: false,
  isUpdating: false,
  isStuck: false,
  isCanceled: false,
  isPartMissing: false,
  hasEmptyArchive: false,
  numberStep: 1,
};

/** Reads what the rules that fired hinted: each fault hints under its own name. */
export function exchangeFateOf(exchange: Exchange): ExchangeFate {
  const is = (fault: string): boolean => exchange.hinted(fault) !== undefined;
  const gap = exchange.hinted('exchange-gap') as number | undefined;
  return {
    hasNoNode: is('node-not-found'),
    isUpdating: is('app-updating'),
    isStuck: is('job-stuck-active'),
    isCanceled: is('job-canceled'),
    isPartMissing: is('part-missing'),
    hasEmptyArchive: is('zip-empty'),
    numberStep: is('exchange-repeat') ? 0 : 1 + (gap ?? 0),
  };
}
