import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** References are kept that lead to no object, and the write succeeds (1c.md 6). */
@FaultKind()
export class BrokenReferenceFault implements Fault<Options> {
  readonly name = 'broken-reference';
  readonly about = 'references of a written object lead nowhere';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
