import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The code has four digits instead of six, and is valid. */
@FaultKind()
export class SmsCodeWrongLengthFault implements Fault<Options> {
  readonly name = 'sms-code-wrong-length';
  readonly about = 'the code has four digits instead of six';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
