import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickReceipt } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The receipt leaves by another connection of the system_id, if there is one. For `smpp.deliver_sm`. */
@FaultKind()
export class SmppReceiptOtherBindFault implements Fault<Options> {
  readonly name = 'smpp-receipt-other-bind';
  readonly about = 'the receipt leaves by another connection';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    trickReceipt(exchange, (receipt) => {
      receipt.isElsewhere = true;
    });
  }
}
