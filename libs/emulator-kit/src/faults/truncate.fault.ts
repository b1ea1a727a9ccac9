import { z } from 'zod';
import type { Exchange } from '../exchange/exchange.js';
import { SHAPE } from '../exchange/reply-plan.js';
import { FaultKind, type Fault } from './fault.js';

const options = z
  .strictObject({
    /** Share of the body that is sent; 50 when neither is given. */
    percent: z.number().min(0).max(100).optional(),
    /** Bytes of the body that are sent. */
    bytes: z.number().int().min(0).max(1_073_741_824).optional(),
  })
  .refine(({ percent, bytes }) => percent === undefined || bytes === undefined, 'give percent or bytes, not both');
type Options = z.output<typeof options>;

/** Announces the whole reply, sends the first part of it and closes the connection. */
@FaultKind()
export class TruncateFault implements Fault<Options> {
  readonly name = 'truncate';
  readonly about = 'the reply breaks off in the middle and the connection closes';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, shape: Options): void {
    exchange.shape(SHAPE.truncate, shape);
  }
}
