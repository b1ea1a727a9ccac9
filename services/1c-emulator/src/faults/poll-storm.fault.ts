import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Pause between rounds of polls, of 1C's time; 1C itself waits 3 s. */
  intervalMs: z.number().min(0).max(60_000).default(20),
  /** Polls sent at once. */
  parallel: z.number().int().min(1).max(50).default(4),
  /** At least that many polls per task, even when it finished earlier. */
  polls: z.number().int().min(1).max(100_000).default(200),
});

export type PollStorm = z.output<typeof options>;

/** The run asks about its bulk tasks far too often and does not stop when they are done (1c.md 6). */
@FaultKind()
export class PollStormFault implements Fault<PollStorm> {
  readonly name = 'poll-storm';
  readonly about = 'the run polls its bulk tasks without the 3 s pause, many times over';
  readonly options: z.ZodType<PollStorm> = options;

  apply(exchange: Exchange, storm: PollStorm): void {
    exchange.hint(this.name, storm);
  }
}
