import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The account is not confirmed: ESIA-007055 with conf_acc, else no is_tru and trusted false. */
@FaultKind()
export class UnconfirmedAccountFault implements Fault<Options> {
  readonly name = 'unconfirmed-account';
  readonly about = 'the account is not confirmed: ESIA-007055 with conf_acc, else no is_tru and trusted false';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
