import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({
  /** Time between the two. */
  gapMs: z.number().min(0).max(86_400_000).default(1000),
});
type Options = z.output<typeof options>;

/** The handset shows the same text twice. */
@FaultKind()
export class SmsDuplicateFault implements Fault<Options> {
  readonly name = 'sms-duplicate';
  readonly about = 'the handset shows the text twice';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    changePlan(exchange, (plan) => {
      const again = plan.arrivals.map((arrival) => ({ ...arrival, afterMs: arrival.afterMs + options.gapMs }));
      plan.arrivals = [...plan.arrivals, ...again].sort((left, right) => left.afterMs - right.afterMs);
    });
  }
}
