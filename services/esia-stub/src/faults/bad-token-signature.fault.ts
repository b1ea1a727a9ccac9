import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Tokens carry a broken signature. */
@FaultKind()
export class BadTokenSignatureFault implements Fault<Options> {
  readonly name = 'bad-token-signature';
  readonly about = 'tokens carry a broken signature';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
