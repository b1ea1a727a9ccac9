import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { REPLY_CHANGE } from '../protocol/http/json-reply.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** A success whose body lacks the id of the message. */
@FaultKind()
export class SmsMissingIdFault implements Fault<Options> {
  readonly name = 'sms-missing-id';
  readonly about = 'the reply of a success has no message id';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(REPLY_CHANGE, 'missing-id');
  }
}
