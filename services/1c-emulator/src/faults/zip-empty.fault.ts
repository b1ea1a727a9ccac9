import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The archive holds nothing (1c.md 3, 6). */
@FaultKind()
export class ZipEmptyFault implements Fault<Options> {
  readonly name = 'zip-empty';
  readonly about = 'the archive of an exchange message is empty';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
