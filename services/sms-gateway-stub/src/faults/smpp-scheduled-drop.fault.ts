import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickWire } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({
  afterMs: z.number().min(0).max(86_400_000).default(10_000),
});
type Options = z.output<typeof options>;

/** The connection breaks some time after the response. */
@FaultKind()
export class SmppScheduledDropFault implements Fault<Options> {
  readonly name = 'smpp-scheduled-drop';
  readonly about = 'the connection breaks after a time';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    trickWire(exchange, (response, wire) => {
      wire.send(response);
      wire.after(options.afterMs, () => wire.reset());
    });
  }
}
