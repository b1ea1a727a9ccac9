import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Somebody cleared the composition of the standard interface (1c.md 6). */
@FaultKind()
export class CompositionEmptyFault implements Fault<Options> {
  readonly name = 'composition-empty';
  readonly about = 'no object is in the composition of the standard interface';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
