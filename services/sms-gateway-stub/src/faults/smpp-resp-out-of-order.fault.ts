import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickWire } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** A response leaves after the next one. */
@FaultKind()
export class SmppRespOutOfOrderFault implements Fault<Options> {
  readonly name = 'smpp-resp-out-of-order';
  readonly about = 'a response leaves after the next one';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    trickWire(exchange, (response, wire) => wire.hold(response));
  }
}
