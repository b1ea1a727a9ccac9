import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { encodePdu } from '../protocol/smpp/pdu-encode.codec.js';
import { trickWire } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({
  status: z.number().int().min(1).max(0xff).default(0x03),
});
type Options = z.output<typeof options>;

/** generic_nack comes instead of the response. */
@FaultKind()
export class SmppNackFault implements Fault<Options> {
  readonly name = 'smpp-nack';
  readonly about = 'generic_nack instead of the response';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    trickWire(exchange, (response, wire) => {
      wire.send(encodePdu({ command: 'generic_nack', status: options.status, sequence: response.readUInt32BE(12) }));
    });
  }
}
