import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { partsOf } from '../domain/segments.js';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({
  /** Which part, counted from 1; the last one when there are fewer. */
  part: z.number().int().min(1).max(255).default(2),
});
type Options = z.output<typeof options>;

/** One part of a long text never comes; the handset shows the rest. A text of one part is left alone. */
@FaultKind()
export class SmsSegmentLostFault implements Fault<Options> {
  readonly name = 'sms-segment-lost';
  readonly about = 'one part of a long text never comes';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    changePlan(exchange, (plan) => {
      for (const arrival of plan.arrivals) {
        const parts = partsOf(arrival.text);
        if (parts.length === 1) continue;
        const lost = Math.min(options.part, parts.length) - 1;
        arrival.text = parts.filter((_, at) => at !== lost).join('');
        arrival.isPartial = true;
      }
    });
  }
}
