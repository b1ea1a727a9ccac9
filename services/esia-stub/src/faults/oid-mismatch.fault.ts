import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Id_token and access token name different persons. */
@FaultKind()
export class OidMismatchFault implements Fault<Options> {
  readonly name = 'oid-mismatch';
  readonly about = 'id_token and access token name different persons';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
