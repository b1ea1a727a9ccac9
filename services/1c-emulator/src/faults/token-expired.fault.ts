import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Calls of the run that still carry the good token. */
  afterCalls: z.number().int().min(0).max(1_000_000).default(0),
});
type Options = z.output<typeof options>;

/** The year of the User-Api-Token is over: the run goes on with a token HRLink does not know (1c.md 6). */
@FaultKind()
export class TokenExpiredFault implements Fault<Options> {
  readonly name = 'token-expired';
  readonly about = 'the run sends a dead User-Api-Token, from its first call or later';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { afterCalls }: Options): void {
    exchange.hint(this.name, afterCalls);
  }
}
