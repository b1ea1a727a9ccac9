import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The redirect or the token answer carries another state. */
@FaultKind()
export class StateMismatchFault implements Fault<Options> {
  readonly name = 'state-mismatch';
  readonly about = 'the redirect or the token answer carries another state';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
