import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The certificate is about to be re-issued. */
@FaultKind()
export class CertNearExpiryFault implements Fault<Options> {
  readonly name = 'cert-near-expiry';
  readonly about = 'the certificate ends in four days';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
