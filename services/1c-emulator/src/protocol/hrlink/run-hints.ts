import type { Exchange } from '@poligon/emulator-kit';
import type { PollStorm } from '../../faults/poll-storm.fault.js';

/** How faults of the active role bend one run (1c.md 6). */
export interface RunHints {
  /** The token stops being accepted after that many calls. */
  readonly tokenExpiresAfterCalls: number | undefined;
  /** Bulk tasks are started and never asked about. */
  readonly abandonsTasks: boolean;
  readonly pollStorm: PollStorm | undefined;
  /** That many departments name a parent which does not exist. */
  readonly orphanDepartments: number;
}

/** Reads what the rules that fired hinted. */
export function hintsOf(exchange: Exchange): RunHints {
  return {
    tokenExpiresAfterCalls: exchange.hinted('token-expired') as number | undefined,
    abandonsTasks: exchange.hinted('abandon-task') === true,
    pollStorm: exchange.hinted('poll-storm') as PollStorm | undefined,
    orphanDepartments: (exchange.hinted('orphan-department') as number | undefined) ?? 0,
  };
}
