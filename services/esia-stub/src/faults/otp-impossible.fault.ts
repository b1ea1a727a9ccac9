import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The user cannot pass the second factor: ESIA-007046. */
@FaultKind()
export class OtpImpossibleFault implements Fault<Options> {
  readonly name = 'otp-impossible';
  readonly about = 'the user cannot pass the second factor: ESIA-007046';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
