import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** A certificate of an authority nobody trusts. */
@FaultKind()
export class CertUntrustedIssuerFault implements Fault<Options> {
  readonly name = 'cert-untrusted-issuer';
  readonly about = 'the certificate is signed by a foreign root';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
