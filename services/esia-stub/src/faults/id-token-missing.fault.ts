import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** No id_token despite openid. */
@FaultKind()
export class IdTokenMissingFault implements Fault<Options> {
  readonly name = 'id-token-missing';
  readonly about = 'no id_token despite openid';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
