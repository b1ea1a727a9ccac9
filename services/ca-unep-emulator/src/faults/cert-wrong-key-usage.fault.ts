import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The certificate may not be used for signatures. */
@FaultKind()
export class CertWrongKeyUsageFault implements Fault<Options> {
  readonly name = 'cert-wrong-key-usage';
  readonly about = 'keyUsage is keyEncipherment alone';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
