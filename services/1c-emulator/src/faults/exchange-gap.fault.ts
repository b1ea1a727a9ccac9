import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** Numbers of messages that are left out. */
  messages: z.number().int().min(1).max(1_000_000).default(1),
});
type Options = z.output<typeof options>;

/** A message goes out under a number that leaves earlier ones out, as if they were lost (1c.md 6). */
@FaultKind()
export class ExchangeGapFault implements Fault<Options> {
  readonly name = 'exchange-gap';
  readonly about = 'a message goes out under a number above the next one';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { messages }: Options): void {
    exchange.hint(this.name, messages);
  }
}
