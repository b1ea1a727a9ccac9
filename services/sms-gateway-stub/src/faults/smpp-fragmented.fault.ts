import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickWire } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({
  /** Octets of a piece. */
  bytes: z.number().int().min(1).max(1000).default(1),
});
type Options = z.output<typeof options>;

/** The response comes in pieces, whole PDUs joined to none. */
@FaultKind()
export class SmppFragmentedFault implements Fault<Options> {
  readonly name = 'smpp-fragmented';
  readonly about = 'the response comes byte by byte';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange, options: Options): void {
    trickWire(exchange, (response, wire) => {
      for (let at = 0; at < response.length; at += options.bytes)
        wire.sendAlone(response.subarray(at, at + options.bytes));
    });
  }
}
