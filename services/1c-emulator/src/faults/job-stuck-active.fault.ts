import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The background job never ends (1c.md 3, 6). */
@FaultKind()
export class JobStuckActiveFault implements Fault<Options> {
  readonly name = 'job-stuck-active';
  readonly about = 'the background job of an exchange stays Active for ever';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
