import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Value of `iss`. */
  issuer: z.string().min(1).max(300).default('http://esia.gosuslugi.ru/'),
});
type Options = z.output<typeof options>;

/** Tokens carry the issuer of another stand. */
@FaultKind()
export class WrongIssuerFault implements Fault<Options> {
  readonly name = 'wrong-issuer';
  readonly about = 'tokens name another issuer';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { issuer }: Options): void {
    exchange.hint(this.name, issuer);
  }
}
