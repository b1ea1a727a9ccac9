import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** While one signing of a user is under way, another one is refused. */
@FaultKind()
export class UserHasUnconfirmedOperationFault implements Fault<Options> {
  readonly name = 'user-has-unconfirmed-operation';
  readonly about = 'a second signing is refused while one is pending';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
