import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Somebody else answers in the responder’s place. */
@FaultKind()
export class OcspWrongResponderFault implements Fault<Options> {
  readonly name = 'ocsp-wrong-responder';
  readonly about = 'the OCSP answer is signed by a key nobody trusts';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
