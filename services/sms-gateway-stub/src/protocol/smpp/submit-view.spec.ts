import fc from 'fast-check';
import { FrameRef } from './frame-reader.js';
import { decodePdu } from './pdu-decode.codec.js';
import { encodePdu } from './pdu-encode.codec.js';
import { PduError } from './pdu.js';
import { SubmitView } from './submit-view.js';

const byte = fc.oneof(fc.constantFrom(0, 0, 0, 1, 8), fc.integer({ min: 0, max: 255 }));
const text = (max: number) => fc.string({ unit: fc.constantFrom('7', '9', 'H', 'r'), maxLength: max });

const submit = fc.record({
  service_type: text(5),
  source_addr_ton: byte,
  source_addr_npi: byte,
  source_addr: text(20),
  dest_addr_ton: byte,
  dest_addr_npi: byte,
  destination_addr: text(20),
  esm_class: byte,
  priority_flag: byte,
  schedule_delivery_time: fc.constantFrom('', '', '260115120000000+'),
  validity_period: fc.constantFrom('', '', '000000000100000R'),
  registered_delivery: byte,
  replace_if_present_flag: byte,
  data_coding: byte,
  sm_default_msg_id: byte,
  short_message: fc.uint8Array({ maxLength: 254 }).map((bytes) => Buffer.from(bytes)),
});

/** What a view shows, by the names of the fields. */
function shown(view: SubmitView): object {
  const { stream } = view;
  return {
    dest_addr_ton: view.ton,
    dest_addr_npi: view.npi,
    destination_addr: stream.toString('latin1', view.addressFrom, view.addressTo),
    registered_delivery: view.registered,
    data_coding: view.coding,
    short_message: Buffer.from(stream.subarray(view.textFrom, view.textTo)),
  };
}

it('reads what the decoder reads, and leaves to it what is flagged, timed or has parameters', () => {
  const view = new SubmitView();
  fc.assert(
    fc.property(submit, fc.boolean(), fc.nat(40), (fields, hasTlv, before) => {
      const tlvs = hasTlv ? { user_message_reference: 7 } : undefined;
      const pdu = encodePdu({ command: 'submit_sm', sequence: 77, fields, tlvs });
      const stream = Buffer.concat([Buffer.alloc(before, 1), pdu, Buffer.alloc(9, 2)]);
      const frame = new FrameRef(stream, before, before + pdu.length);
      if (!view.read(frame)) return;
      const { fields: decoded } = decodePdu(frame.bytes);
      expect(decoded).toMatchObject(shown(view));
      expect(hasTlv).toBe(false);
      expect(decoded).toMatchObject({ esm_class: 0, replace_if_present_flag: 0, schedule_delivery_time: '' });
    }),
    { numRuns: 3000 },
  );
});

it('never takes octets the decoder refuses', () => {
  const view = new SubmitView();
  const pdu = encodePdu({
    command: 'submit_sm',
    sequence: 1,
    fields: { source_addr: 'HR', destination_addr: '79430000001', short_message: Buffer.from('Code: 1234') },
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 16, max: pdu.length - 1 }), byte)), fc.nat(20), (changes, cut) => {
      const broken = Buffer.from(pdu.subarray(0, Math.max(16, pdu.length - cut)));
      for (const [at, value] of changes) if (at < broken.length) broken[at] = value;
      if (!view.read(new FrameRef(broken, 0, broken.length))) return;
      expect(() => decodePdu(broken)).not.toThrow(PduError);
    }),
    { numRuns: 5000 },
  );
});
