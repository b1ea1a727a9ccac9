import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** All slots of the HSM are taken: the order is refused. */
@FaultKind()
export class HsmBusyFault implements Fault<Options> {
  readonly name = 'hsm-busy';
  readonly about = 'signing slots are exhausted';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
