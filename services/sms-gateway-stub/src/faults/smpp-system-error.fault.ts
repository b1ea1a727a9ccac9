import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The server fails. For any request. */
@FaultKind()
export class SmppSystemErrorFault implements Fault<Options> {
  readonly name = 'smpp-system-error';
  readonly about = 'ESME_RSYSERR (0x08)';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.fail('ESME_RSYSERR');
  }
}
