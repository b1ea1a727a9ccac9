import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** A part of the file is lost (1c.md 3, 6). */
@FaultKind()
export class PartMissingFault implements Fault<Options> {
  readonly name = 'part-missing';
  readonly about = 'a part of an exchange file is not found';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
