import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  delayMs: z.number().min(0).max(3_600_000).default(5000),
});
type Options = z.output<typeof options>;

/** The client is told later. For `*.callback` and `smpp.deliver_sm`. */
@FaultKind()
export class DlrDelayedFault implements Fault<Options> {
  readonly name = 'dlr-delayed';
  readonly about = 'a callback or receipt leaves later';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    exchange.delay(options.delayMs);
  }
}
