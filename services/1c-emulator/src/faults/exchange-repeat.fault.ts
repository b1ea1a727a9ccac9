import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The number of the last message is used again (1c.md 3, 6). */
@FaultKind()
export class ExchangeRepeatFault implements Fault<Options> {
  readonly name = 'exchange-repeat';
  readonly about = 'a message goes out under the number of the last one';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
