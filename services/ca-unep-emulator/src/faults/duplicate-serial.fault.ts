import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Two certificates under one number. */
@FaultKind()
export class DuplicateSerialFault implements Fault<Options> {
  readonly name = 'duplicate-serial';
  readonly about = 'the serial number of the previous certificate is used again';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
