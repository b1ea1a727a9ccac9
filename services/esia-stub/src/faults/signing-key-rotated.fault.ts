import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Tokens are signed with a key whose certificate is not in esia.zip yet. */
@FaultKind()
export class SigningKeyRotatedFault implements Fault<Options> {
  readonly name = 'signing-key-rotated';
  readonly about = 'tokens are signed with a new key that is not published yet';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
