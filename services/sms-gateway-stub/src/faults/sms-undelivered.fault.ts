import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { endWith } from '../flow/delivery-ends.js';

const options = z.strictObject({
  /** Delivery error of section 2.1: 1 no such subscriber, 6 offline, 11 no service, 13 barred. */
  error: z.number().int().min(0).max(255).default(6),
});
type Options = z.output<typeof options>;

/** The message is accepted and finally fails with a delivery error. */
@FaultKind()
export class SmsUndeliveredFault implements Fault<Options> {
  readonly name = 'sms-undelivered';
  readonly about = 'accepted, finally not delivered, with a delivery error number';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    endWith(exchange, { state: 'undeliverable', error: options.error });
  }
}
