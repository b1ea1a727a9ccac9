import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The mobile phone is NOT_VERIFIED. */
@FaultKind()
export class ContactUnverifiedFault implements Fault<Options> {
  readonly name = 'contact-unverified';
  readonly about = 'the mobile phone is NOT_VERIFIED';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
