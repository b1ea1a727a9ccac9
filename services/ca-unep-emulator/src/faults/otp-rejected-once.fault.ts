import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The first right code is refused; the same code is taken at the next try. */
@FaultKind()
export class OtpRejectedOnceFault implements Fault<Options> {
  readonly name = 'otp-rejected-once';
  readonly about = 'the first right code is refused as a wrong one';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
