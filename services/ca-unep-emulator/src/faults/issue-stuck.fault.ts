import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The application is taken in at once and stays in ISSUING until an engineer moves it. */
@FaultKind()
export class IssueStuckFault implements Fault<Options> {
  readonly name = 'issue-stuck';
  readonly about = 'a fast answer, the certificate never comes';
  readonly options = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
