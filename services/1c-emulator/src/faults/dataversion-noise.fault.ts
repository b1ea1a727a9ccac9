import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Something writes the object without changing it before it is read (1c.md 6). */
@FaultKind()
export class DataversionNoiseFault implements Fault<Options> {
  readonly name = 'dataversion-noise';
  readonly about = 'an object that is read has a higher DataVersion than before';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
