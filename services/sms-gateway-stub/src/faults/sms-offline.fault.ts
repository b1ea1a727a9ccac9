import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { endWith } from '../flow/delivery-ends.js';

const options = z.strictObject({
  /** From acceptance to the report. */
  afterMs: z.number().min(0).max(604_800_000).default(60_000),
});
type Options = z.output<typeof options>;

/** The handset is switched off until the message expires. */
@FaultKind()
export class SmsOfflineFault implements Fault<Options> {
  readonly name = 'sms-offline';
  readonly about = 'the handset is off until the message expires, error 6';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    endWith(exchange, { state: 'expired', error: 6, afterMs: options.afterMs });
  }
}
