import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The SSO session survives logout. */
@FaultKind()
export class LogoutIgnoredFault implements Fault<Options> {
  readonly name = 'logout-ignored';
  readonly about = 'the SSO session survives logout';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
