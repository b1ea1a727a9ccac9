import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Seconds added to wall time; negative is slow. */
  offsetS: z.number().min(-31_536_000).max(31_536_000),
});
type Options = z.output<typeof options>;

/** Timestamps are judged, tokens dated and `Date` written by a clock that is off. */
@FaultKind()
export class ClockSkewFault implements Fault<Options> {
  readonly name = 'clock-skew';
  readonly about = 'the clock of ESIA is off';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { offsetS }: Options): void {
    exchange.hint(this.name, offsetS * 1000);
  }
}
