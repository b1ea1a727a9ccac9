import type { FrameRef } from './frame-reader.js';
import { decodePdu } from './pdu-decode.codec.js';

/** A PDU as the journal shows it: decoded and in hexadecimal, but only when somebody reads the journal. */
export class PduCapture {
  constructor(
    private readonly frame: FrameRef,
    private readonly status: number | undefined,
    private readonly limitBytes: number,
    private readonly session: number,
  ) {}

  toJSON(): object {
    const { command, sequence, fields, tlvs } = decodePdu(this.frame.bytes);
    const kept = this.frame.bytes.subarray(0, this.limitBytes);
    const shown = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'password'));
    return {
      session: this.session,
      command,
      sequence,
      status: this.status,
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
