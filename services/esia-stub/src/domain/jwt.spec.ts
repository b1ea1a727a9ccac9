import fc from 'fast-check';
import { decodeJwt, encodeJwt } from './jwt.js';
import { makeTokenKey } from './token-key.js';

const key = makeTokenKey('RS256', Date.parse('2026-01-15T09:00:00Z'));

describe('tokens', () => {
  it('escape slashes only when told to and read the same either way', () => {
    const payload = { iss: 'http://esia.gosuslugi.ru/' };
    const texts = [true, false].map((isEscaped) => encodeJwt({ alg: 'RS256' }, payload, key, isEscaped));
    const bodies = texts.map((text) => Buffer.from(text.split('.')[1]!, 'base64url').toString());
    expect(bodies).toEqual(['{"iss":"http:\\/\\/esia.gosuslugi.ru\\/"}', '{"iss":"http://esia.gosuslugi.ru/"}']);
    for (const text of texts) expect(decodeJwt(text)?.payload).toEqual(payload);
  });

  it('are read from any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (...parts) => {
        const read = decodeJwt(parts.join('.'));
        expect(read === undefined || typeof read.payload === 'object').toBe(true);
      }),
    );
  });

  it.each(['', 'a.b', 'a.b.c.d', 'bnVsbA.bnVsbA.', `${'x'.repeat(40_000)}.e30.`])('are not "%.20s"', (text) => {
    expect(decodeJwt(text)).toBeUndefined();
  });
});
