import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The answer promises a code that never reaches the gateway. */
@FaultKind()
export class SmsCodeLostFault implements Fault<Options> {
  readonly name = 'sms-code-lost';
  readonly about = 'the code is made but no SMS is sent';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
