import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({
  /** How long the older text is held. */
  holdMs: z.number().min(1).max(86_400_000).default(5000),
});
type Options = z.output<typeof options>;

/** The text waits at the operator so that a newer one overtakes it; the report comes on time. */
@FaultKind()
export class SmsReorderedFault implements Fault<Options> {
  readonly name = 'sms-reordered';
  readonly about = 'an older text arrives after a newer one';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    changePlan(exchange, (plan) => {
      for (const arrival of plan.arrivals) arrival.afterMs += options.holdMs;
    });
  }
}
