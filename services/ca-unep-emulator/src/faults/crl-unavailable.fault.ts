import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The list is not where certificates say. */
@FaultKind()
export class CrlUnavailableFault implements Fault<Options> {
  readonly name = 'crl-unavailable';
  readonly about = '404 for the revocation list';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.fail('not-found');
  }
}
