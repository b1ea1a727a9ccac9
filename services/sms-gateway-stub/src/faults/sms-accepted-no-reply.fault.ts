import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({
  mode: z.enum(['no-reply', 'reset', 'empty-reply']).default('reset'),
});
type Options = z.output<typeof options>;

/** The message is accepted and delivered, the answer is lost: a client that sends again makes two. */
@FaultKind()
export class SmsAcceptedNoReplyFault implements Fault<Options> {
  readonly name = 'sms-accepted-no-reply';
  readonly about = 'accepted and delivered, the answer never comes';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    if (exchange.isDecided) return;
    exchange.drop(options.mode);
    exchange.processFirst = true;
  }
}
