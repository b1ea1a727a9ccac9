import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** State of the check. */
  status: z.enum(['VERIFYING', 'VERIFICATION_FAILED']).default('VERIFYING'),
});
type Options = z.output<typeof options>;

/** The passport is being verified, or was not. */
@FaultKind()
export class PassportVerifyingFault implements Fault<Options> {
  readonly name = 'passport-verifying';
  readonly about = 'the identity document is not verified';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { status }: Options): void {
    exchange.hint(this.name, status);
  }
}
