import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickReceipt } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Dates of the receipt have seconds. For `smpp.deliver_sm`. */
@FaultKind()
export class SmppReceiptSecondsFault implements Fault<Options> {
  readonly name = 'smpp-receipt-seconds';
  readonly about = 'receipt dates with seconds';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    trickReceipt(exchange, (receipt) => {
      receipt.hasSeconds = true;
    });
  }
}
