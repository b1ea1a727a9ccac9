import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { encodePdu } from '../protocol/smpp/pdu-encode.codec.js';
import { trickWire } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;

/** The server sends outbind on a connection that is bound already. For `smpp.bind_*`. */
@FaultKind()
export class SmppOutbindFault implements Fault<Options> {
  readonly name = 'smpp-outbind';
  readonly about = 'an unexpected outbind after the response';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    trickWire(exchange, (response, wire) => {
      wire.send(response);
      wire.send(encodePdu({ command: 'outbind', sequence: wire.nextSequence(), fields: { system_id: 'POLIGON' } }));
    });
  }
}
