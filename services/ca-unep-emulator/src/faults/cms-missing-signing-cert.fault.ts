import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Plain CMS where CAdES is expected. */
@FaultKind()
export class CmsMissingSigningCertFault implements Fault<Options> {
  readonly name = 'cms-missing-signing-cert';
  readonly about = 'signingCertificateV2 is left out';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
