import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The message is accepted and never reaches the handset; its status stays with the operator. */
@FaultKind()
export class SmsLostFault implements Fault<Options> {
  readonly name = 'sms-lost';
  readonly about = 'accepted, never delivered, the status stays with the operator';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    changePlan(exchange, (plan) => {
      plan.arrivals = [];
      plan.reports = plan.reports.filter(({ state }) => state === 'sent');
    });
  }
}
