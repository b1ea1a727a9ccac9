import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { HINT } from './fault-hints.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The redirect carries no state. */
@FaultKind()
export class StateLostFault implements Fault<Options> {
  readonly name = HINT.stateLost;
  readonly about = 'the redirect carries no state';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
