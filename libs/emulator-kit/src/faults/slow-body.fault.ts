import { z } from 'zod';
import type { Exchange } from '../exchange/exchange.js';
import { SHAPE } from '../exchange/reply-plan.js';
import { FaultKind, type Fault } from './fault.js';

const options = z.strictObject({
  /** Rate at which the body leaves, after the reply's own latency. */
  bytesPerSecond: z.number().min(1, 'must be 1 or more').max(1e9),
});
type Options = z.output<typeof options>;

/** Sends the body drop by drop, as over a bad line. */
@FaultKind()
export class SlowBodyFault implements Fault<Options> {
  readonly name = 'slow-body';
  readonly about = 'the body leaves at a limited rate';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, shape: Options): void {
    exchange.shape(SHAPE.slow, shape);
  }
}
