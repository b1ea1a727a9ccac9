import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The tenant has moved to another authority: nothing new is taken in, what is under way goes on. */
@FaultKind()
export class CaSwitchFault implements Fault<Options> {
  readonly name = 'ca-switch';
  readonly about = 'new requests of the tenant are refused, those in flight go on';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
