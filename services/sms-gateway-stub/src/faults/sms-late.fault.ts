import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { DELIVERY_HINT } from '../flow/delivery-plan.js';

const options = z.strictObject({
  /** Added to the time until the handset shows the text. */
  delayMs: z.number().min(0).max(86_400_000),
});
type Options = z.output<typeof options>;

/** The gateway answers as usual, the text reaches the handset late. */
@FaultKind()
export class SmsLateFault implements Fault<Options> {
  readonly name = 'sms-late';
  readonly about = 'accepted at once, the handset shows the text later';
  readonly options = options;

  apply(exchange: Exchange, { delayMs }: Options): void {
    exchange.hint(DELIVERY_HINT.late, delayMs);
  }
}
