import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickReceipt } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({
  /** 0x1400 … 0x3fff. */
  tag: z.number().int().min(0x1400).max(0x3fff).default(0x1400),
});
type Options = z.output<typeof options>;

/** The receipt carries a parameter of a vendor. For `smpp.deliver_sm`. */
@FaultKind()
export class SmppReceiptVendorTlvFault implements Fault<Options> {
  readonly name = 'smpp-receipt-vendor-tlv';
  readonly about = 'a vendor parameter in the receipt';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    trickReceipt(exchange, (receipt) => {
      receipt.tlvs[options.tag.toString(16)] = Buffer.from('poligon');
    });
  }
}
