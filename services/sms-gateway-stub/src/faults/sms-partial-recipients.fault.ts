import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { PARTIAL_HINT } from '../flow/gateway.js';

const options = z.strictObject({
  /** Every n-th recipient fails, the first of them being number n. */
  every: z.number().int().min(1).max(10_000).default(2),
});
type Options = z.output<typeof options>;

/** Some recipients of a call are refused, the others accepted, in one reply. */
@FaultKind()
export class SmsPartialRecipientsFault implements Fault<Options> {
  readonly name = 'sms-partial-recipients';
  readonly about = 'every n-th recipient of a call is refused';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    exchange.hint(PARTIAL_HINT, options.every);
  }
}
