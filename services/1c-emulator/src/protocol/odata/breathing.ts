import { setImmediate } from 'node:timers/promises';

/** Rows worked on before other calls get their turn. */
export const ROWS_AT_A_TIME = 100;

/** Lets everything else that waits go first. */
export function breathe(): Promise<void> {
  return setImmediate();
}
