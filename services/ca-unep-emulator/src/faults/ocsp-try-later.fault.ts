import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The responder is overloaded. */
@FaultKind()
export class OcspTryLaterFault implements Fault<Options> {
  readonly name = 'ocsp-try-later';
  readonly about = 'OCSP answers tryLater';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.fail('tryLater');
  }
}
