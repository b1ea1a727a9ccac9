import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({
  /** Added to the time until the handset shows the text. */
  delayMs: z.number().min(0).max(86_400_000),
});
type Options = z.output<typeof options>;

/** The gateway answers as usual, the text reaches the handset late and is reported after that. */
@FaultKind()
export class SmsLateFault implements Fault<Options> {
  readonly name = 'sms-late';
  readonly about = 'accepted at once, the handset shows the text later';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    changePlan(exchange, (plan) => {
      for (const arrival of plan.arrivals) arrival.afterMs += options.delayMs;
      const lastMs = Math.max(0, ...plan.arrivals.map(({ afterMs }) => afterMs));
      for (const report of plan.reports) {
        if (report.state === 'delivered') report.afterMs = Math.max(report.afterMs, lastMs);
      }
    });
  }
}
