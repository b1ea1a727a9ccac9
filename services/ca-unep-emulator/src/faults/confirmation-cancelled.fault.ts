import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The user declines the operation instead of confirming it. */
@FaultKind()
export class ConfirmationCancelledFault implements Fault<Options> {
  readonly name = 'confirmation-cancelled';
  readonly about = 'the user cancels the operation';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
