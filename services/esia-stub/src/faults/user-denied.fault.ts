import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The user refuses: ESIA-007004. */
@FaultKind()
export class UserDeniedFault implements Fault<Options> {
  readonly name = 'user-denied';
  readonly about = 'the user refuses: ESIA-007004';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
