import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Seconds added to the header. */
  offsetS: z.number().min(-31_536_000).max(31_536_000),
});
type Options = z.output<typeof options>;

/** Only the `Date` header of `HEAD /` is off. */
@FaultKind()
export class DateHeaderWrongFault implements Fault<Options> {
  readonly name = 'date-header-wrong';
  readonly about = 'the Date header of HEAD / is off';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { offsetS }: Options): void {
    exchange.hint(this.name, offsetS * 1000);
  }
}
