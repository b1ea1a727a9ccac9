import { z } from 'zod';
import type { Exchange } from '../exchange/exchange.js';
import { FaultKind, type Fault } from './fault.js';

const options = z.strictObject({
  /** The domain still does its work, so a client that tries again makes a second effect. */
  afterProcessing: z.boolean().default(false),
});
type Options = z.output<typeof options>;

/** Keeps the connection open and never answers; the client runs into its own time-out. */
@FaultKind()
export class NoReplyFault implements Fault<Options> {
  readonly name = 'no-reply';
  readonly about = 'the connection stays open and nothing is answered';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { afterProcessing }: Options): void {
    if (exchange.isDecided) return;
    exchange.drop('no-reply');
    exchange.processFirst = afterProcessing;
  }
}
