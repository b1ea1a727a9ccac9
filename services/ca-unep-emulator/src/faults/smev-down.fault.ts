import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** СМЭВ does not answer. */
@FaultKind()
export class SmevDownFault implements Fault<Options> {
  readonly name = 'smev-down';
  readonly about = 'the request stays in CHECKING';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
