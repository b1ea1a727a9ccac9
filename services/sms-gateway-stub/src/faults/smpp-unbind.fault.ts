import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { encodePdu } from '../protocol/smpp/pdu-encode.codec.js';
import { trickWire } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({
  /** Time between unbind and the end of the connection. */
  closeAfterMs: z.number().min(0).max(60_000).default(1000),
});
type Options = z.output<typeof options>;

/** The server asks to unbind after the response, and closes. */
@FaultKind()
export class SmppUnbindFault implements Fault<Options> {
  readonly name = 'smpp-unbind';
  readonly about = 'the server unbinds after the response';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    trickWire(exchange, (response, wire) => {
      wire.send(response);
      wire.send(encodePdu({ command: 'unbind', sequence: wire.nextSequence() }));
      wire.after(options.closeAfterMs, () => wire.close());
    });
  }
}
