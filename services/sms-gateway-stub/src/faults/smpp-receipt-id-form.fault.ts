import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickReceipt } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({
  form: z.enum(['hex', 'decimal', 'hex-upper', 'padded']).default('hex'),
});
type Options = z.output<typeof options>;

const FORMS: Readonly<Record<Options['form'], (id: number) => string>> = {
  hex: (id) => id.toString(16),
  decimal: String,
  'hex-upper': (id) => id.toString(16).toUpperCase(),
  padded: (id) => String(id).padStart(10, '0'),
};

/** The receipt names the message in another form than submit_sm_resp did. For `smpp.deliver_sm`. */
@FaultKind()
export class SmppReceiptIdFormFault implements Fault<Options> {
  readonly name = 'smpp-receipt-id-form';
  readonly about = 'message id of the receipt in another form';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    trickReceipt(exchange, (receipt) => {
      const id = FORMS[options.form](Number.parseInt(receipt.id, receipt.isHexId ? 16 : 10));
      receipt.id = id;
      receipt.tlvs['receipted_message_id'] = id;
    });
  }
}
