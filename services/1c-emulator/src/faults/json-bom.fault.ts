import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** A reply begins with a byte order mark, as some publications send it (1c.md 6). */
@FaultKind()
export class JsonBomFault implements Fault<Options> {
  readonly name = 'json-bom';
  readonly about = 'a body starts with U+FEFF';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
