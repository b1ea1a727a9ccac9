import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Characters that stay. */
  characters: z.number().int().min(0).max(10_000).default(10),
});
type Options = z.output<typeof options>;

/** Text is cut on its way into the object, and the write succeeds (1c.md 6). */
@FaultKind()
export class SilentTruncationFault implements Fault<Options> {
  readonly name = 'silent-truncation';
  readonly about = 'text of a written object is cut short';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { characters }: Options): void {
    exchange.hint(this.name, characters);
  }
}
