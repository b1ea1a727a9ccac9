import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The guard against sending a notice twice a day is off (1c.md 6). */
@FaultKind()
export class DuplicateNoticeFault implements Fault<Options> {
  readonly name = 'duplicate-notice';
  readonly about = 'notices go out again although they went within 24 hours';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
