import { Clock, FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Everything of this period leaves at its end. */
  everyMs: z.number().min(1).max(3_600_000).default(30_000),
});
type Options = z.output<typeof options>;

/** Reports pile up and leave in one burst at the end of each period. For `*.callback` and `smpp.deliver_sm`. */
@FaultKind()
export class DlrStormFault implements Fault<Options> {
  readonly name = 'dlr-storm';
  readonly about = 'callbacks or receipts pile up and leave in one burst';
  readonly options: z.ZodType<Options> = options;

  constructor(private readonly clock: Clock) {}

  apply(exchange: Exchange, { everyMs }: Options): void {
    exchange.delay(everyMs - (this.clock.monotonicMs() % everyMs));
  }
}
