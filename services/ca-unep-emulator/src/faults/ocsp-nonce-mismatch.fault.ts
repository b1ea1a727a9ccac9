import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** A replayed answer. */
@FaultKind()
export class OcspNonceMismatchFault implements Fault<Options> {
  readonly name = 'ocsp-nonce-mismatch';
  readonly about = 'the OCSP answer carries another nonce';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
