import { FaultKind, type Exchange, type Fault } from '@poligon/emulator-kit';
import { z } from 'zod';
import { trickWire } from '../protocol/smpp/smpp-tricks.js';

const options = z.strictObject({});
type Options = z.output<typeof options>;
/** Offset of sequence_number. */
const SEQUENCE_AT = 12;

/** The response carries a sequence_number nobody used. */
@FaultKind()
export class SmppRespWrongSequenceFault implements Fault<Options> {
  readonly name = 'smpp-resp-wrong-sequence';
  readonly about = 'the response has a wrong sequence_number';
  readonly options: z.ZodType<Options> = options;

  apply(exchange: Exchange): void {
    trickWire(exchange, (response, wire) => {
      response.writeUInt32BE((response.readUInt32BE(SEQUENCE_AT) ^ 0x40000000) >>> 0, SEQUENCE_AT);
      wire.send(response);
    });
  }
}
