import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The provider reports delivery, the handset never shows the text. */
@FaultKind()
export class SmsFalseDeliveredFault implements Fault<Options> {
  readonly name = 'sms-false-delivered';
  readonly about = 'reported as delivered, never shown on the handset';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    changePlan(exchange, (plan) => {
      plan.arrivals = [];
    });
  }
}
