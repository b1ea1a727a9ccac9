import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The client is never told of a state. For `*.callback` and `smpp.deliver_sm`. */
@FaultKind()
export class DlrLostFault implements Fault<Options> {
  readonly name = 'dlr-lost';
  readonly about = 'a callback or receipt never leaves';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.drop('no-reply');
  }
}
