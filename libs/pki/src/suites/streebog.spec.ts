import { createHash, randomBytes } from 'node:crypto';
import { gostEngineStatus } from './gost-engine.js';
import { Streebog, streebog256, streebog512 } from './streebog.js';

const engine = gostEngineStatus();
const withEngine = engine.available ? it : it.skip;
const skipped = engine.available ? '' : ` [skipped: ${engine.reason}]`;

// RFC 6986 section 10 prints messages and digests most significant byte first.
const M1 = Buffer.from(
  '323130393837363534333231303938373635343332313039383736353433323130393837363534333231303938373635343332313039383736353433323130',
  'hex',
).reverse();
const M2 = Buffer.from(
  'fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2f120fff0eeec20f120faf2fee5e2202ce8f6f3ede220e8e6eee1e8f0f2d1202ce8f0f2e5e220e5d1',
  'hex',
).reverse();

describe('Streebog-256 in JavaScript', () => {
  it.each([
    ['the empty string', Buffer.alloc(0), '3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb'],
    ['M1 of RFC 6986', M1, '9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500'],
    ['M2 of RFC 6986', M2, '9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50'],
  ])('hashes %s to its published digest', (_name, message, digest) => {
    expect(streebog256(message).toString('hex')).toBe(digest);
  });

  withEngine(`equals the engine at every length around block borders${skipped}`, () => {
    for (let length = 0; length <= 260; length++) {
      const message = randomBytes(length);
      expect(streebog256(message)).toEqual(createHash('md_gost12_256').update(message).digest());
    }
    const carries = Buffer.alloc(100_000, 0xff);
    expect(streebog256(carries)).toEqual(createHash('md_gost12_256').update(carries).digest());
  });

  withEngine(`with 512 bits equals the engine, whole or in pieces${skipped}`, () => {
    for (let length = 0; length <= 260; length += 13) {
      const message = randomBytes(length);
      const expected = createHash('md_gost12_512').update(message).digest();
      expect(streebog512(message)).toEqual(expected);
      const pieces = new Streebog(64);
      for (let at = 0; at < length; at += 7) pieces.update(message.subarray(at, at + 7));
      expect(pieces.digest()).toEqual(expected);
    }
  });
});
