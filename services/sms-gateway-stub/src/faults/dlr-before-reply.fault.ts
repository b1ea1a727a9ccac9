import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { changePlan } from '../flow/delivery-plan.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The message is delivered, and the client told, before the answer to the send. For `*.send` and `smpp.submit_sm`. */
@FaultKind()
export class DlrBeforeReplyFault implements Fault<Options> {
  readonly name = 'dlr-before-reply';
  readonly about = 'delivery and its report come before the answer to the send';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    changePlan(exchange, (plan) => {
      plan.isBeforeReply = true;
      for (const step of [...plan.arrivals, ...plan.reports]) step.afterMs = 0;
    });
  }
}
