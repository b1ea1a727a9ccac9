import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Rows a page begins early. */
  rows: z.number().int().min(1).max(10_000).default(1),
});
type Options = z.output<typeof options>;

/** Rows were inserted while a reader was on his way: pages overlap (1c.md 6). */
@FaultKind()
export class PageShiftFault implements Fault<Options> {
  readonly name = 'page-shift';
  readonly about = 'pages begin so many rows early';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { rows }: Options): void {
    exchange.hint(this.name, rows);
  }
}
