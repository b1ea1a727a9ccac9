import { deliveriesOf } from './incoming.codec.js';
import { contentOf } from './message-text.codec.js';

const incoming = { id: 1, phone: '79430000001', to: 'HRLink', receivedAtMs: 0 };

describe('an incoming text in packed septets', () => {
  it.each(['sar', 'udh8', 'udh16', 'payload', undefined] as const)('is read as it was sent: %s', (concatenation) => {
    for (const text of ['', 'Да', 'hellohello', 'Price {1€}', 'x'.repeat(160), 'A [long] text. '.repeat(30)]) {
      const contents = deliveriesOf({ ...incoming, text, concatenation }, 7, true).map(({ fields, tlvs = {} }) => {
        expect((fields['short_message'] as Buffer | undefined)?.length ?? 0).toBeLessThanOrEqual(140);
        return contentOf({ command: 'deliver_sm', status: 0, sequence: 1, fields, tlvs }, true);
      });
      expect(contents.map((content) => content.text).join('')).toBe(text);
      const places = contents.map(({ part }) => part?.number ?? 1);
      expect(places).toEqual(places.map((_, at) => at + 1));
    }
  });

  it('has the octets of the standard', () => {
    const [delivery] = deliveriesOf({ ...incoming, text: 'hellohello' }, 7, true);
    expect((delivery!.fields['short_message'] as Buffer).toString('hex')).toBe('e8329bfd4697d9ec37');
  });
});
