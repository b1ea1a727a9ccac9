import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { CALLBACK_COPIES } from '../flow/callback-sender.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The client is told twice. For `*.callback` and `smpp.deliver_sm`. */
@FaultKind()
export class DlrDuplicateFault implements Fault<Options> {
  readonly name = 'dlr-duplicate';
  readonly about = 'a callback or receipt leaves twice';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(CALLBACK_COPIES, true);
  }
}
