import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The answer to a batch was lost in 1C, so the batch goes again (1c.md 6). */
@FaultKind()
export class DuplicateBatchFault implements Fault<Options> {
  readonly name = 'duplicate-batch';
  readonly about = 'every batch of a bulk exchange is sent twice';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
