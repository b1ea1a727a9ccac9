import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Vendors disagree about the order of r and s. */
@FaultKind()
export class CmsSwappedHalvesFault implements Fault<Options> {
  readonly name = 'cms-swapped-halves';
  readonly about = 'halves of the signature value change places';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
