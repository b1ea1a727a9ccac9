import { z } from 'zod';
import type { Exchange } from '../exchange/exchange.js';
import { FaultKind, type Fault } from './fault.js';

const options = z.strictObject({
  /** Status number of the protocol. */
  status: z.number().int().min(0).max(4_294_967_295),
  /** The domain still does its work; only its answer is replaced. */
  afterProcessing: z.boolean().default(false),
});
type Options = z.output<typeof options>;

/** Answers with a bare protocol status and an empty body, as a gateway in front of the real system does. */
@FaultKind()
export class StatusFault implements Fault<Options> {
  readonly name = 'status';
  readonly about = 'a bare protocol status with an empty body is answered';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, { status, afterProcessing }: Options): void {
    if (exchange.isDecided) return;
    exchange.status(status);
    exchange.processFirst = afterProcessing;
  }
}
