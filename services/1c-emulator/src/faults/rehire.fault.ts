import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** People of a run it concerns. */
  count: z.number().int().min(1).max(1_000_000).default(1),
});
type Options = z.output<typeof options>;

/** A dismissed person was hired again: ЗУП has another employee for him (1c.md 6). */
@FaultKind()
export class RehireFault implements Fault<Options> {
  readonly name = 'rehire';
  readonly about = 'some people are sent with a new employee in place of the known one';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { count }: Options): void {
    exchange.hint(this.name, count);
  }
}
