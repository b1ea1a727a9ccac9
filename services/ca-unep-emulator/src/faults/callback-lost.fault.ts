import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Events about the work this call starts are kept but never posted. */
@FaultKind()
export class CallbackLostFault implements Fault<Options> {
  readonly name = 'callback-lost';
  readonly about = 'results of this call are not posted, only polling shows them';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
