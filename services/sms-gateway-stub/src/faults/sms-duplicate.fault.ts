import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { DELIVERY_HINT } from '../flow/delivery-plan.js';

const options = z.strictObject({
  /** Time between the two copies. */
  gapMs: z.number().min(0).max(3_600_000).default(500),
});
type Options = z.output<typeof options>;

/** The handset gets the same text twice. */
@FaultKind()
export class SmsDuplicateFault implements Fault<Options> {
  readonly name = 'sms-duplicate';
  readonly about = 'the handset gets the same text twice';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { gapMs }: Options): void {
    exchange.hint(DELIVERY_HINT.duplicate, gapMs);
  }
}
