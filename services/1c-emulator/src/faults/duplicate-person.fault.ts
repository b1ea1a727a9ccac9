import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** People of a run it concerns. */
  count: z.number().int().min(1).max(1_000_000).default(1),
});
type Options = z.output<typeof options>;

/** One person was entered twice in ЗУП (1c.md 6). */
@FaultKind()
export class DuplicatePersonFault implements Fault<Options> {
  readonly name = 'duplicate-person';
  readonly about = 'some people are sent twice in one task';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { count }: Options): void {
    exchange.hint(this.name, count);
  }
}
