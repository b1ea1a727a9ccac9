import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The queue of the server is full. For `smpp.submit_sm`. */
@FaultKind()
export class SmppQueueFullFault implements Fault<Options> {
  readonly name = 'smpp-queue-full';
  readonly about = 'ESME_RMSGQFUL (0x14)';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.fail('ESME_RMSGQFUL');
  }
}
