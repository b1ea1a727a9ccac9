import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The certificate or the rejection is told first, what came before it afterwards. */
@FaultKind()
export class CallbackReorderedFault implements Fault<Options> {
  readonly name = 'callback-reordered';
  readonly about = 'statuses of this request are posted after its result';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
