import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Expires_in is a string. */
@FaultKind()
export class ExpiresInStringFault implements Fault<Options> {
  readonly name = 'expires-in-string';
  readonly about = 'expires_in is a string';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
