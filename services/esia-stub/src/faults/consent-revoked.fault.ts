import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Scopes that drop out; none left when empty. */
  scopes: z.array(z.string().min(1).max(100)).max(100).default([]),
});
type Options = z.output<typeof options>;

/** The person took the consent back: scopes drop out of personal data, refresh answers 007011. */
@FaultKind()
export class ConsentRevokedFault implements Fault<Options> {
  readonly name = 'consent-revoked';
  readonly about = 'the consent was taken back: 005029 at /rs, 007011 on refresh';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { scopes }: Options): void {
    exchange.hint(this.name, scopes);
  }
}
