import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The node of the exchange plan is gone (1c.md 3, 6). */
@FaultKind()
export class NodeNotFoundFault implements Fault<Options> {
  readonly name = 'node-not-found';
  readonly about = 'the exchange plan has no node the caller names';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(this.name, true);
  }
}
