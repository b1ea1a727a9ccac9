import { z } from 'zod';
import type { Exchange } from '../exchange/exchange.js';
import { SHAPE } from '../exchange/reply-plan.js';
import type { Draw } from '../runtime/random.js';
import { FaultKind, type Fault } from './fault.js';

const options = z.strictObject({
  /** `wire`: noise instead of the whole reply, then the connection closes; `body`: a well-formed reply with noise of the same length in it. */
  place: z.enum(['wire', 'body'], { error: 'must be wire or body' }).default('wire'),
  /** Length of the noise on the wire. */
  bytes: z.number().int().min(1).max(1_048_576).default(64),
});
type Options = z.output<typeof options>;

/** Answers with noise; the same call gets the same noise in every run. */
@FaultKind()
export class GarbageFault implements Fault<Options> {
  readonly name = 'garbage';
  readonly about = 'random bytes are sent instead of the reply or of its body';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { place, bytes }: Options, random: Draw): void {
    exchange.shape(SHAPE.garbage, { place, bytes, seed: Math.floor(random.next() * 4_294_967_296) });
  }
}
