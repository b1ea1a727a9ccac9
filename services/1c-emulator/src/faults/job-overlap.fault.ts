import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The job was started on two servers: both do its work at once (1c.md 6). */
@FaultKind()
export class JobOverlapFault implements Fault<Options> {
  readonly name = 'job-overlap';
  readonly about = 'two sessions do the work of the run at once';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
