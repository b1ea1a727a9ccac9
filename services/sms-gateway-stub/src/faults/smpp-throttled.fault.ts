import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** A submit is throttled. For `smpp.submit_sm`. */
@FaultKind()
export class SmppThrottledFault implements Fault<Options> {
  readonly name = 'smpp-throttled';
  readonly about = 'ESME_RTHROTTLED (0x58)';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.fail('ESME_RTHROTTLED');
  }
}
