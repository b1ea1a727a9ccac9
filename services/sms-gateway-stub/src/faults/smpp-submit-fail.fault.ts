import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** A submit fails. For `smpp.submit_sm`. */
@FaultKind()
export class SmppSubmitFailFault implements Fault<Options> {
  readonly name = 'smpp-submit-fail';
  readonly about = 'ESME_RSUBMITFAIL (0x45)';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.fail('ESME_RSUBMITFAIL');
  }
}
