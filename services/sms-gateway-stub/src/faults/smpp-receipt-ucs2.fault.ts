import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickReceipt } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** An ASCII receipt says that it is UCS2. For `smpp.deliver_sm`. */
@FaultKind()
export class SmppReceiptUcs2Fault implements Fault<Options> {
  readonly name = 'smpp-receipt-ucs2';
  readonly about = 'an ASCII receipt with data_coding 8';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    trickReceipt(exchange, (receipt) => {
      receipt.dataCoding = 8;
    });
  }
}
