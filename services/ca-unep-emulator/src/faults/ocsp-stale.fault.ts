import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** An answer from a cache that was not refreshed. */
@FaultKind()
export class OcspStaleFault implements Fault<Options> {
  readonly name = 'ocsp-stale';
  readonly about = 'thisUpdate and nextUpdate of the OCSP answer lie in the past';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
