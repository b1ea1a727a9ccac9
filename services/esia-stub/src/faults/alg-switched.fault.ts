import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Tokens are signed with the algorithm the client did not choose. */
@FaultKind()
export class AlgSwitchedFault implements Fault<Options> {
  readonly name = 'alg-switched';
  readonly about = 'tokens are signed with the algorithm the client did not choose';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
