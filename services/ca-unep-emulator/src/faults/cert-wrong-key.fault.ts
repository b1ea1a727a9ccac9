import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The certificate and the key do not match. */
@FaultKind()
export class CertWrongKeyFault implements Fault<Options> {
  readonly name = 'cert-wrong-key';
  readonly about = 'the certificate holds a key that is not the signing one';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
