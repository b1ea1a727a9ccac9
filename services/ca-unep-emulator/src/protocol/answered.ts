import { gatherHints, type FaultHints } from '../domain/fault-hints.js';
import type { Exchange } from '@poligon/emulator-kit';

/** Resolves when the reply to the exchange is about to leave. */
export const answered = (exchange: Exchange): Promise<void> => new Promise((resolve) => exchange.onEnd(resolve));

/** What faults asked of the work this exchange starts. */
export const hintsOf = (exchange: Exchange): FaultHints => gatherHints((name) => exchange.hinted(name));
