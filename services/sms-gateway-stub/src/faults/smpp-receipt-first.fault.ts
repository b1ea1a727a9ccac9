import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;
/** The response is held so long that the receipt is surely first. */
const FIRST_MS = 20;

/** The receipt comes before submit_sm_resp. For `smpp.submit_sm`. */
@FaultKind()
export class SmppReceiptFirstFault implements Fault<Options> {
  readonly name = 'smpp-receipt-first';
  readonly about = 'the receipt comes before submit_sm_resp';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    changePlan(exchange, (plan) => {
      plan.isBeforeReply = true;
      for (const step of [...plan.arrivals, ...plan.reports]) step.afterMs = 0;
    });
    exchange.delay(FIRST_MS);
  }
}
