import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { endWith } from '../flow/delivery-ends.js';

const options = z.strictObject({
  /** Delivery error of section 2.1: 1 no such subscriber, 6 offline, 11 no service, 13 barred. */
  error: z.number().int().min(0).max(255).default(0),
  /** From acceptance to the report; as the operator takes otherwise. */
  afterMs: z.number().min(0).max(604_800_000).optional(),
});
type Options = z.output<typeof options>;

/** The message is accepted and its lifetime ends before the handset takes it. */
@FaultKind()
export class SmsExpiredFault implements Fault<Options> {
  readonly name = 'sms-expired';
  readonly about = 'accepted, finally expired';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    endWith(exchange, { state: 'expired', error: options.error, afterMs: options.afterMs });
  }
}
