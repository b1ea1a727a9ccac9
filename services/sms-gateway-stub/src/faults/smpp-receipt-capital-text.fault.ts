import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickReceipt } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The receipt says `Text:`. For `smpp.deliver_sm`. */
@FaultKind()
export class SmppReceiptCapitalTextFault implements Fault<Options> {
  readonly name = 'smpp-receipt-capital-text';
  readonly about = 'Text: instead of text:';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    trickReceipt(exchange, (receipt) => {
      receipt.textLabel = 'Text';
    });
  }
}
