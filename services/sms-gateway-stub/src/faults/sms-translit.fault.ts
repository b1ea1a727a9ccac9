import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { latinText } from '../domain/latin-text.js';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The text arrives in Latin letters («Kod podpisi»). */
@FaultKind()
export class SmsTranslitFault implements Fault<Options> {
  readonly name = 'sms-translit';
  readonly about = 'the text arrives in Latin letters';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    changePlan(exchange, (plan) => {
      for (const arrival of plan.arrivals) arrival.text = latinText(arrival.text);
    });
  }
}
