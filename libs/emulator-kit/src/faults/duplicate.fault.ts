import { z } from 'zod';
import type { Exchange } from '../exchange/exchange.js';
import { FaultKind, type Fault } from './fault.js';

const options = z.strictObject({
  /** How often the call is handled in all. */
  times: z.number().int().min(2, 'must be 2 or more').max(10, 'must be at most 10').default(2),
  /** Time between two handlings. */
  gapMs: z.number().min(0, 'must be 0 or more').max(600_000).default(0),
  /** Whose answer the caller gets: `first` leaves in time and the others follow unseen, `last` waits for all. */
  reply: z.enum(['first', 'last'], { error: 'must be first or last' }).default('first'),
});
type Options = z.output<typeof options>;

/** Hands the call to the service several times, as a network or a proxy that delivers it again does; one reply leaves. */
@FaultKind()
export class DuplicateFault implements Fault<Options> {
  readonly name = 'duplicate';
  readonly about = 'the call is handled more than once, one reply leaves';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, repetition: Options): void {
    exchange.repetition ??= repetition;
  }
}
