import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The CMS is well-formed and names the right certificate, its signature value is wrong by one bit. */
@FaultKind()
export class CmsBadSignatureFault implements Fault<Options> {
  readonly name = 'cms-bad-signature';
  readonly about = 'one bit of the signature value is flipped';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
