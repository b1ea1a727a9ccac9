import fc from 'fast-check';
import { decodeClientSecret } from './client-secret.js';

describe('decodeClientSecret', () => {
  it('reads every alphabet clients use', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (array) => {
        const bytes = Buffer.from(array);
        const padded = bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
        for (const text of [bytes.toString('base64'), bytes.toString('base64url'), padded]) {
          expect(decodeClientSecret(text)).toEqual(bytes);
        }
      }),
    );
  });

  it.each(['', ' ', 'ab cd', 'a=b', '===', '%2B', 'привет'])('refuses "%s"', (text) => {
    expect(decodeClientSecret(text)).toBeUndefined();
  });
});
