import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Characters added to the code before encoding. */
  padBytes: z.number().int().min(1).max(65_536).default(4000),
});
type Options = z.output<typeof options>;

/** The authorization code is padded to hit limits of URL length. */
@FaultKind()
export class LongCodeFault implements Fault<Options> {
  readonly name = 'long-code';
  readonly about = 'the code is longer than usual';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { padBytes }: Options): void {
    exchange.hint(this.name, padBytes);
  }
}
