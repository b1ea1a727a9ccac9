import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { endWith } from '../flow/delivery-ends.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Polling does not know a message that was accepted and arrives as usual. */
@FaultKind()
export class SmsStatusUnknownFault implements Fault<Options> {
  readonly name = 'sms-status-unknown';
  readonly about = 'the provider forgets the message: polling says it is not known';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    endWith(exchange, { state: 'unknown', error: 0, afterMs: 0, isShown: true });
  }
}
