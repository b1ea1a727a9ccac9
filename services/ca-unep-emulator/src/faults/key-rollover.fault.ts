import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The authority changes its key before it issues this certificate: AKI, CDP and OCSP responder change with it. */
@FaultKind()
export class KeyRolloverFault implements Fault<Options> {
  readonly name = 'key-rollover';
  readonly about = 'the authority changes its key before this certificate is issued; use times: 1';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
