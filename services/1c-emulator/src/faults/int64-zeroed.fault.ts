import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Numbers are lost on their way into the object, and the write succeeds (1c.md 6). */
@FaultKind()
export class Int64ZeroedFault implements Fault<Options> {
  readonly name = 'int64-zeroed';
  readonly about = 'numbers of a written object are kept as 0';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
