import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { endWith } from '../flow/delivery-ends.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Accepted, then rejected by the spam filter. */
@FaultKind()
export class SmsSpamFilterFault implements Fault<Options> {
  readonly name = 'sms-spam-filter';
  readonly about = 'accepted, then rejected with error 253';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    endWith(exchange, { state: 'rejected', error: 253, afterMs: 0 });
  }
}
