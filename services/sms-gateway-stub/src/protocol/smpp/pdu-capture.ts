import { FrameRef } from './frame-reader.js';
import { decodePdu } from './pdu-decode.codec.js';

/** A PDU as the journal shows it: decoded and in hexadecimal, but only when somebody reads the journal. */
export class PduCapture extends FrameRef {
  constructor(
    { stream, from, to }: FrameRef,
    private readonly answered: number | undefined,
    private readonly limitBytes: number,
    private readonly session: number,
  ) {
    super(stream, from, to);
  }

  toJSON(): object {
    const { command, sequence, fields, tlvs } = decodePdu(this.bytes);
    const kept = this.bytes.subarray(0, this.limitBytes);
    const shown = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'password'));
    return {
      session: this.session,
      command,
      sequence,
      status: this.answered,
      fields: readable(shown),
      tlvs: readable(tlvs),
      pdu: command.startsWith('bind_') ? undefined : kept.toString('hex'),
    };
  }
}

function readable(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString('hex') : value]),
  );
}
