import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The CMS is cut in the middle. */
@FaultKind()
export class CmsTruncatedFault implements Fault<Options> {
  readonly name = 'cms-truncated';
  readonly about = 'the CMS ends half-way';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
