import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Nobody published a list in time. */
@FaultKind()
export class CrlExpiredFault implements Fault<Options> {
  readonly name = 'crl-expired';
  readonly about = 'nextUpdate of the revocation list is in the past';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
