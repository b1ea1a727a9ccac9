import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The result overtakes the answer to the call that ordered it. */
@FaultKind()
export class CallbackBeforeReplyFault implements Fault<Options> {
  readonly name = 'callback-before-reply';
  readonly about = 'the result is posted before this call is answered';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
