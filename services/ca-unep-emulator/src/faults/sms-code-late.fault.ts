import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

/** ms: how late; default a second after the end of the code’s life. */
const options = z.strictObject({ ms: z.number().int().min(1).max(86_400_000).optional() });
type Options = z.output<typeof options>;

/** The code arrives when its life is over. */
@FaultKind()
export class SmsCodeLateFault implements Fault<Options> {
  readonly name = 'sms-code-late';
  readonly about = 'the SMS with the code leaves after the code has expired';
  readonly options = options;

  apply(exchange: Exchange, { ms }: Options): void {
    exchange.hint(this.name, ms ?? true);
  }
}
