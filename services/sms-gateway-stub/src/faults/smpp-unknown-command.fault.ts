import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickWire } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({
  commandId: z.number().int().min(0).max(0xffffffff).default(0x0001_0203),
});
type Options = z.output<typeof options>;

/** A PDU of no known command comes before the response. */
@FaultKind()
export class SmppUnknownCommandFault implements Fault<Options> {
  readonly name = 'smpp-unknown-command';
  readonly about = 'an unknown command comes before the response';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    trickWire(exchange, (response, wire) => {
      const unknown = Buffer.alloc(16);
      unknown.writeUInt32BE(unknown.length, 0);
      unknown.writeUInt32BE(options.commandId, 4);
      unknown.writeUInt32BE(wire.nextSequence(), 12);
      wire.send(unknown);
      wire.send(response);
    });
  }
}
