import { z } from 'zod';
import type { Exchange } from '../exchange/exchange.js';
import { FaultKind, type Fault } from './fault.js';

const options = z.strictObject({
  /** The domain still does its work, so a client that tries again makes a second effect. */
  afterProcessing: z.boolean().default(false),
});
type Options = z.output<typeof options>;

/** Closes the connection in good order without a single byte of reply. */
@FaultKind()
export class EmptyReplyFault implements Fault<Options> {
  readonly name = 'empty-reply';
  readonly about = 'the connection is closed without a byte of reply';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { afterProcessing }: Options): void {
    if (exchange.isDecided) return;
    exchange.drop('empty-reply');
    exchange.processFirst = afterProcessing;
  }
}
