import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Part of a batch is signed. */
@FaultKind()
export class SignPartialBatchFault implements Fault<Options> {
  readonly name = 'sign-partial-batch';
  readonly about = 'the second half of the documents is left unsigned';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
