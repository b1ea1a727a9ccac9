import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** An access token in force is refused as if it had run out. */
@FaultKind()
export class DssTokenExpiredFault implements Fault<Options> {
  readonly name = 'dss-token-expired';
  readonly about = 'the access token is refused';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
