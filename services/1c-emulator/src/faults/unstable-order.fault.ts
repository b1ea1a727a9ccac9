import { FaultKind, type Draw, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Without an order asked for, rows of a query change places between pages (1c.md 6). */
@FaultKind()
export class UnstableOrderFault implements Fault<Options> {
  readonly name = 'unstable-order';
  readonly about = 'rows come in another order every time';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, _options: Options, random: Draw): void {
    exchange.hint(this.name, random.next());
  }
}
