import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Somebody cancels the background job (1c.md 3, 6). */
@FaultKind()
export class JobCanceledFault implements Fault<Options> {
  readonly name = 'job-canceled';
  readonly about = 'the background job of an exchange is cancelled at once';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
