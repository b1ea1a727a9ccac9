import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickWire } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({
  commandLength: z.number().int().min(0).max(0xffffffff).default(8),
});
type Options = z.output<typeof options>;

/** The response announces more octets than it has, or fewer than a header. */
@FaultKind()
export class SmppBadLengthFault implements Fault<Options> {
  readonly name = 'smpp-bad-length';
  readonly about = 'command_length of the response is wrong';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    trickWire(exchange, (response, wire) => {
      response.writeUInt32BE(options.commandLength, 0);
      wire.send(response);
    });
  }
}
