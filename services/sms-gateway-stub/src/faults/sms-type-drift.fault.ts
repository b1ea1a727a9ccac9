import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { REPLY_CHANGE } from '../protocol/http/json-reply.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** Cost, balance and ids change between number and string. */
@FaultKind()
export class SmsTypeDriftFault implements Fault<Options> {
  readonly name = 'sms-type-drift';
  readonly about = 'cost, balance and id swap number and string';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.hint(REPLY_CHANGE, 'type-drift');
  }
}
