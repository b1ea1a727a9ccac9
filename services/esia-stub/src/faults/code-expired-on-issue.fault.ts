import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The authorization code has no life left when it is issued. */
@FaultKind()
export class CodeExpiredOnIssueFault implements Fault<Options> {
  readonly name = 'code-expired-on-issue';
  readonly about = 'the authorization code has no life left when it is issued';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
