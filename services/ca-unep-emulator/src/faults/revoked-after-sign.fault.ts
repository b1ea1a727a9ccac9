import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The certificate is revoked right after use. */
@FaultKind()
export class RevokedAfterSignFault implements Fault<Options> {
  readonly name = 'revoked-after-sign';
  readonly about = 'the certificate is revoked once the signature is made';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
