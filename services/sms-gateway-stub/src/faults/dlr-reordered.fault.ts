import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  /** How long an intermediate state is held. */
  holdMs: z.number().min(1).max(3_600_000).default(5000),
});
type Options = z.output<typeof options>;

/** Intermediate states are held back, so that a final one comes first. For `*.callback`. */
@FaultKind()
export class DlrReorderedFault implements Fault<Options> {
  readonly name = 'dlr-reordered';
  readonly about = 'delivered comes before sent';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    if (exchange.fact('state') === 'sent') exchange.delay(options.holdMs);
  }
}
