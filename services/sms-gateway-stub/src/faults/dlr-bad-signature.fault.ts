import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { quirk } from './quirk.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The signature of a callback is wrong. For `*.callback`. */
@FaultKind()
export class DlrBadSignatureFault implements Fault<Options> {
  readonly name = 'dlr-bad-signature';
  readonly about = 'a callback is signed with a wrong secret';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    quirk(exchange, { isSignatureBad: true });
  }
}
