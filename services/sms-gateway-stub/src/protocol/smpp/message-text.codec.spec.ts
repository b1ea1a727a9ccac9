import { contentOf, decodeText } from './message-text.codec.js';
import type { Pdu } from './pdu.js';
import { smppTime, smppTimeText } from './smpp-time.codec.js';

const pdu = (fields: Pdu['fields'], tlvs: Pdu['tlvs'] = {}): Pdu => ({
  command: 'submit_sm',
  status: 0,
  sequence: 1,
  fields,
  tlvs,
});
const ucs2 = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('decodeText', () => {
  it.each([
    [0, Buffer.from([0x00, 0x1b, 0x65, 0x41]), '@€A'],
    [1, Buffer.from('Code', 'latin1'), 'Code'],
    [3, Buffer.from('café', 'latin1'), 'café'],
    [8, ucs2('Код: 1234'), 'Код: 1234'],
    [8, Buffer.concat([ucs2('К'), Buffer.of(0x04)]), 'К'],
    [0xf1, Buffer.from('A'), 'A'],
    [0xf5, Buffer.of(0xe9), 'é'],
  ])('reads data_coding %d', (coding, octets, text) => {
    expect(decodeText(octets, coding)).toBe(text);
  });
});

describe('contentOf', () => {
  const part = { reference: 7, total: 2, number: 1 };

  it.each([
    ['a plain message', pdu({ short_message: Buffer.from('a') }), { text: 'a', part: undefined }],
    [
      'message_payload',
      pdu({ short_message: Buffer.alloc(0) }, { message_payload: Buffer.from('b') }),
      { text: 'b', part: undefined },
    ],
    [
      'an 8-bit header',
      pdu({ esm_class: 0x40, short_message: Buffer.concat([Buffer.of(5, 0, 3, 7, 2, 1), Buffer.from('c')]) }),
      { text: 'c', part },
    ],
    [
      'a 16-bit header',
      pdu({ esm_class: 0x43, short_message: Buffer.concat([Buffer.of(6, 8, 4, 0, 7, 2, 1), Buffer.from('d')]) }),
      { text: 'd', part },
    ],
    [
      'sar parameters',
      pdu({ short_message: Buffer.from('e') }, { sar_msg_ref_num: 7, sar_total_segments: 2, sar_segment_seqnum: 1 }),
      { text: 'e', part },
    ],
    [
      'a header of a port',
      pdu({ esm_class: 0x40, short_message: Buffer.concat([Buffer.of(4, 4, 2, 1, 1), Buffer.from('f')]) }),
      { text: 'f', part: undefined },
    ],
    [
      'a part beyond the total',
      pdu({ short_message: Buffer.from('g') }, { sar_msg_ref_num: 7, sar_total_segments: 2, sar_segment_seqnum: 3 }),
      { text: 'g', part: undefined },
    ],
  ])('reads %s', (_, message, content) => {
    expect(contentOf(message)).toEqual(content);
  });

  it.each([
    ['both bodies', pdu({ short_message: Buffer.from('a') }, { message_payload: Buffer.from('b') })],
    ['a header longer than the message', pdu({ esm_class: 0x40, short_message: Buffer.of(9, 0) })],
    ['an element longer than the header', pdu({ esm_class: 0x40, short_message: Buffer.of(2, 0, 9) })],
  ])('refuses %s', (_, message) => {
    expect(() => contentOf(message)).toThrow();
  });
});

describe('smppTime', () => {
  const now = Date.parse('2026-01-15T09:00:00Z');

  it.each([
    ['', undefined],
    ['000000000100000R', now + 60_000],
    ['000001020000000R', now + 26 * 3_600_000],
    ['260115120000000+', Date.parse('2026-01-15T12:00:00Z')],
    ['260115120000512+', Date.parse('2026-01-15T09:00:00.500Z')],
    ['260115120000012-', Date.parse('2026-01-15T15:00:00Z')],
  ])('reads %s', (text, expected) => {
    expect(smppTime(text, now, 'ESME_RINVSCHED')).toBe(expected);
  });

  it.each(['tomorrow', '261315120000000+', '260115120000099+'])('refuses %s', (text) => {
    expect(() => smppTime(text, now, 'ESME_RINVSCHED')).toThrow(expect.objectContaining({ status: 'ESME_RINVSCHED' }));
  });

  it('writes absolute times it can read', () => {
    expect(smppTime(smppTimeText(now), 0, 'ESME_RINVSCHED')).toBe(now);
  });
});
