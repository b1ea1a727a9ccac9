import { golden } from '@poligon/testing';
import fc from 'fast-check';
import { decodePdu } from './pdu-decode.codec.js';
import { encodeAgain, encodePdu, type PduDraft } from './pdu-encode.codec.js';
import { PduError } from './pdu.js';
import { COMMANDS, type Field } from './tables/commands.js';
import { TLVS } from './tables/tlvs.js';

/** A value for every kind of field, so that each PDU of the table is written in full. */
function sample(field: Field): NonNullable<PduDraft['fields']>[string] {
  switch (field.kind) {
    case 'byte':
      return 1;
    case 'text':
      return field.name.slice(0, field.max - 1);
    case 'octets':
      return Buffer.from('Code: 1234');
    case 'destinations':
      return [{ ton: 1, npi: 1, address: '79430000001' }, { list: 'staff' }];
    case 'failures':
      return [{ ton: 1, npi: 1, address: '79430000001', status: 0x0b }];
  }
}

const SAMPLE_TLVS: NonNullable<PduDraft['tlvs']> = {
  user_message_reference: 7,
  receipted_message_id: '1000',
  message_payload: Buffer.of(1, 2),
};

const drafts: readonly (readonly [string, PduDraft])[] = COMMANDS.map(({ name, fields }) => [
  name,
  {
    command: name,
    sequence: 0x01020304,
    fields: Object.fromEntries(fields.map((field) => [field.name, sample(field)])),
    tlvs: name === 'generic_nack' ? {} : SAMPLE_TLVS,
  },
]);

describe('the PDU codec', () => {
  it.each(drafts)('writes %s byte for byte', (name, draft) => {
    const file = new URL(`../../../test/golden/smpp/${name}.hex`, import.meta.url);
    const hex = `${encodePdu(draft).toString('hex')}\n`;
    expect(hex).toBe(golden(file, hex).toString());
  });

  it.each(drafts)('reads %s back', (_, draft) => {
    const frame = encodePdu(draft);
    expect(decodePdu(frame)).toEqual({ status: 0, ...draft });
    expect(encodeAgain(decodePdu(frame))).toEqual(frame);
  });

  it('knows every optional parameter of the table', () => {
    for (const { name, kind, length } of TLVS) {
      const value = kind === 'number' ? 1 : kind === 'text' ? 'abc' : Buffer.alloc(length ?? 3, 7);
      const frame = encodePdu({ command: 'data_sm', sequence: 1, fields: {}, tlvs: { [name]: value } });
      expect(decodePdu(frame).tlvs).toEqual({ [name]: value });
    }
  });

  it('keeps what it does not know as octets by tag', () => {
    const frame = encodePdu({ command: 'unbind', sequence: 1, tlvs: { '1400': Buffer.of(9) } });
    expect(decodePdu(frame).tlvs).toEqual({ '1400': Buffer.of(9) });
  });

  it.each([
    ['an unknown command', '000000100000009900000000000000ff', 'ESME_RINVCMDID'],
    ['a body that ends early', '00000012000000040000000000000001' + '0001', 'ESME_RINVCMDLEN'],
    ['a text without an end', '00000014000000020000000000000001' + '61626364', 'ESME_RINVCMDLEN'],
    ['a system_id that is too long', '00000024000000020000000000000001' + '61'.repeat(20), 'ESME_RINVSYSID'],
    ['a parameter that is cut short', '00000012000000150000000000000001' + '0204', 'ESME_RINVOPTPARSTREAM'],
    ['a parameter of a wrong length', '00000015000000150000000000000001' + '0204000107', 'ESME_RINVPARLEN'],
  ])('refuses %s', (_, hex, status) => {
    const frame = Buffer.from(hex, 'hex');
    expect(() => decodePdu(frame)).toThrow(PduError);
    expect(() => decodePdu(frame)).toThrow(expect.objectContaining({ status }));
  });

  it('meets any octets with a PDU or a PduError', () => {
    const ids = fc.constantFrom(...COMMANDS.map(({ id }) => id), 0x99);
    fc.assert(
      fc.property(ids, fc.uint8Array({ maxLength: 300 }), (id, body) => {
        const frame = Buffer.concat([Buffer.alloc(16), body]);
        frame.writeUInt32BE(frame.length, 0);
        frame.writeUInt32BE(id, 4);
        try {
          const pdu = decodePdu(frame);
          expect(decodePdu(encodeAgain(pdu)).command).toBe(pdu.command);
        } catch (failure) {
          expect(failure).toBeInstanceOf(PduError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
