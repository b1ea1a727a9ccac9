import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The list of a large authority: 100,000 entries, 2.7 MB. */
@FaultKind()
export class CrlHugeFault implements Fault<Options> {
  readonly name = 'crl-huge';
  readonly about = 'a revocation list of 100,000 entries';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
