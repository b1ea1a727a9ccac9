import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The request is carried out and never answered. */
@FaultKind()
export class SmppRespMissingFault implements Fault<Options> {
  readonly name = 'smpp-resp-missing';
  readonly about = 'no response, although the request was carried out';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    exchange.drop('no-reply');
    exchange.processFirst = true;
  }
}
