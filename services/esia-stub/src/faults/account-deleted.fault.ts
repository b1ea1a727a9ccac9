import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The person has status DELETED. */
@FaultKind()
export class AccountDeletedFault implements Fault<Options> {
  readonly name = 'account-deleted';
  readonly about = 'the person has status DELETED';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
