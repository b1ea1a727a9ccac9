import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The certificate is not in force yet. */
@FaultKind()
export class CertNotYetValidFault implements Fault<Options> {
  readonly name = 'cert-not-yet-valid';
  readonly about = 'validity of the certificate begins tomorrow';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
