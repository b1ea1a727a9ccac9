import { z } from 'zod';
import type { Exchange } from '../exchange/exchange.js';
import { FaultKind, type Fault } from './fault.js';

const options = z.strictObject({
  /** The domain still does its work, so a client that tries again makes a second effect. */
  afterProcessing: z.boolean().default(false),
});
type Options = z.output<typeof options>;

/** Cuts the connection with a TCP reset instead of a reply. */
@FaultKind()
export class ResetFault implements Fault<Options> {
  readonly name = 'reset';
  readonly about = 'the connection is reset (TCP RST) instead of a reply';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { afterProcessing }: Options): void {
    if (exchange.isDecided) return;
    exchange.drop('reset');
    exchange.processFirst = afterProcessing;
  }
}
