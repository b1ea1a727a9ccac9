import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** A certificate for somebody else. */
@FaultKind()
export class CertWrongSubjectFault implements Fault<Options> {
  readonly name = 'cert-wrong-subject';
  readonly about = 'the certificate names another person';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
