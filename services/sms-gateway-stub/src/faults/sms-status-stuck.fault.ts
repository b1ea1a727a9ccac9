import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The handset shows the text, polling says for ever that it waits to be sent. */
@FaultKind()
export class SmsStatusStuckFault implements Fault<Options> {
  readonly name = 'sms-status-stuck';
  readonly about = 'delivered, but the status stays in the queue for ever';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    changePlan(exchange, (plan) => {
      plan.reports = [];
    });
  }
}
