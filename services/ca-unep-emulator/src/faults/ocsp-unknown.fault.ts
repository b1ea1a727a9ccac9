import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The responder has not heard of the certificate. */
@FaultKind()
export class OcspUnknownFault implements Fault<Options> {
  readonly name = 'ocsp-unknown';
  readonly about = 'OCSP answers unknown for every certificate';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
