import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The signature is of another document. */
@FaultKind()
export class CmsWrongDigestFault implements Fault<Options> {
  readonly name = 'cms-wrong-digest';
  readonly about = 'messageDigest is that of another document';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
