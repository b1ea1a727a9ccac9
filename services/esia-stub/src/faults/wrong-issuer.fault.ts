import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { HINT } from './fault-hints.js';

const options = z.strictObject({
  /** Value of `iss`. */
  issuer: z.string().min(1).max(300).default('http://esia.gosuslugi.ru/'),
});
type Options = z.output<typeof options>;

/** Tokens carry the issuer of another stand. */
@FaultKind()
export class WrongIssuerFault implements Fault<Options> {
  readonly name = HINT.wrongIssuer;
  readonly about = 'tokens name another issuer';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { issuer }: Options): void {
    exchange.hint(this.name, issuer);
  }
}
