import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** enquire_link is not answered. For `smpp.enquire_link`. */
@FaultKind()
export class SmppSilentLinkFault implements Fault<Options> {
  readonly name = 'smpp-silent-link';
  readonly about = 'enquire_link is not answered';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    if (exchange.operation === 'smpp.enquire_link') exchange.drop('no-reply');
  }
}
