import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Every event about the work this call starts is posted twice under one id. */
@FaultKind()
export class CallbackDuplicateFault implements Fault<Options> {
  readonly name = 'callback-duplicate';
  readonly about = 'results of this call are posted twice under one event id';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
