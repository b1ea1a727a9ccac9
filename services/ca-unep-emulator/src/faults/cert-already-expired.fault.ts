import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The certificate arrives expired. */
@FaultKind()
export class CertAlreadyExpiredFault implements Fault<Options> {
  readonly name = 'cert-already-expired';
  readonly about = 'validity of the certificate ended yesterday';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
