import fc from 'fast-check';
import { FrameReader } from '../../../services/sms-gateway-stub/src/protocol/smpp/frame-reader.js';
import { decodePdu } from '../../../services/sms-gateway-stub/src/protocol/smpp/pdu-decode.codec.js';
import { encodePdu, type PduDraft } from '../../../services/sms-gateway-stub/src/protocol/smpp/pdu-encode.codec.js';
import type { SmppServer } from '../../../services/sms-gateway-stub/src/protocol/smpp/smpp-server.js';
import { COMMANDS, type Field } from '../../../services/sms-gateway-stub/src/protocol/smpp/tables/commands.js';
import { mutated } from '../mutation.js';
import { FakeSocket } from './fake-socket.js';

/** Chunks of a connection, and whether it is bound first. */
export interface SmppCase {
  readonly isBound: boolean;
  readonly chunks: readonly Buffer[];
}

function valueOf(field: Field): NonNullable<PduDraft['fields']>[string] {
  switch (field.kind) {
    case 'byte':
      return 0;
    case 'text':
      return field.name.endsWith('addr') ? '79430000001' : '';
    case 'octets':
      return Buffer.from('Code: 1234');
    case 'destinations':
      return [{ ton: 1, npi: 1, address: '79430000001' }, { list: 'staff' }];
    case 'failures':
      return [];
  }
}

/** One PDU of every command, and message PDUs with parameters, headers and encodings. */
export const SMPP_CAPTURES: readonly Buffer[] = [
  ...COMMANDS.map(({ name, fields }) =>
    encodePdu({
      command: name,
      sequence: 7,
      fields: Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])),
    }),
  ),
  encodePdu({
    command: 'submit_sm',
    sequence: 8,
    fields: {
      destination_addr: '79430000001',
      esm_class: 0x40,
      data_coding: 8,
      short_message: Buffer.of(5, 0, 3, 1, 2, 1, 4, 16),
    },
    tlvs: { user_message_reference: 1 },
  }),
  encodePdu({
    command: 'data_sm',
    sequence: 9,
    fields: { destination_addr: '79430000001', registered_delivery: 1 },
    tlvs: { message_payload: Buffer.alloc(300, 4), sar_msg_ref_num: 1, sar_total_segments: 2, sar_segment_seqnum: 2 },
  }),
  encodePdu({
    command: 'submit_sm',
    sequence: 10,
    fields: {
      destination_addr: '79430000001',
      schedule_delivery_time: '000000000100000R',
      validity_period: '260115120000000+',
    },
  }),
];

const BIND = encodePdu({
  command: 'bind_transceiver',
  sequence: 1,
  fields: { system_id: 'poligon', password: 'poligon' },
});
const MAX_PDU_BYTES = 65_536;

/** One PDU whose command_length is right after all, so that its body is looked at. */
const whole = mutated(SMPP_CAPTURES).map((bytes) => {
  if (bytes.length < 16) return bytes;
  const frame = Buffer.from(bytes);
  frame.writeUInt32BE(frame.length, 0);
  return frame;
});
const cut = fc.double({ min: 0, max: 1, noNaN: true });

export const smppCase: fc.Arbitrary<SmppCase> = fc
  .record({
    isBound: fc.boolean(),
    frames: fc.array(fc.oneof({ arbitrary: whole, weight: 5 }, mutated(SMPP_CAPTURES)), { minLength: 1, maxLength: 4 }),
    cut,
  })
  .map(({ isBound, frames, cut: share }) => {
    const stream = Buffer.concat(frames);
    const at = Math.floor(share * stream.length);
    return { isBound, chunks: [stream.subarray(0, at), stream.subarray(at)].filter((chunk) => chunk.length > 0) };
  });

/** Feeds a connection and judges what comes back: every PDU must be one that can be read. */
export async function runSmppCase(server: SmppServer, { isBound, chunks }: SmppCase): Promise<void> {
  const socket = new FakeSocket();
  server.accept(socket.asSocket());
  if (isBound) socket.emit('data', BIND);
  for (const chunk of chunks) socket.emit('data', chunk);
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  const reader = new FrameReader(MAX_PDU_BYTES);
  for (const bytes of socket.written) reader.read(bytes, (frame) => decodePdu(frame).command !== '');
  socket.destroy();
}
