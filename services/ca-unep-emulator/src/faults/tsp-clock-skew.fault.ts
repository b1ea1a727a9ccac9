import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({ ms: z.number().int().min(-1_000_000_000_000).max(1_000_000_000_000) });
type Options = z.output<typeof options>;

/** The clock of the time-stamping service is wrong. */
@FaultKind()
export class TspClockSkewFault implements Fault<Options> {
  readonly name = 'tsp-clock-skew';
  readonly about = 'genTime is shifted by so many milliseconds';
  readonly options = options;

  apply(exchange: Exchange, { ms }: Options): void {
    exchange.hint(this.name, ms);
  }
}
