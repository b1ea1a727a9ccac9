import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The service does not stamp. */
@FaultKind()
export class TspRejectionFault implements Fault<Options> {
  readonly name = 'tsp-rejection';
  readonly about = 'PKIStatus 2, systemFailure';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.fail('systemFailure');
  }
}
