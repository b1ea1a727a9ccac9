import { createHash } from 'node:crypto';
import { certificateHash, pem, signCms, streebog256 } from '@poligon/pki';
import { EsiaWorld, paramsOf, startEsia } from './esia-world.js';
import { InformationSystem, makeIdentity, type Fields } from './information-system.js';

let esia: EsiaWorld;
const identity = makeIdentity('gost2012-256');
const system = new InformationSystem('HRLINK', identity);
const other = new InformationSystem('OTHER', makeIdentity('gost2012-256'));
const { certificate, certificatePem, keyPair } = identity;

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia({ ESIA_DIAGNOSES_PER_S: '1000' }));
  await esia.register(system);
  await esia.register(other);
});
afterAll(() => esia.emulator.close());

const hex = (bytes: Buffer) => bytes.toString('hex');

/** Sends a request that must be refused with 007053; returns what the journal says. */
async function noted(changes: (query: URLSearchParams) => void) {
  const query = new URLSearchParams(system.authorization());
  changes(query);
  const reply = await esia.ac(query.toString());
  expect(paramsOf(reply).get('error_description')).toBe('ESIA-007053: OAuthErrorEnum.clientSecretWrong');
  return (await esia.notes('esia.signature')).at(-1)!;
}

describe('a certificate hash that is', () => {
  it.each([
    ['a SHA-1 thumbprint', createHash('sha1').update(certificate).digest('hex'), 'sha1-thumbprint'],
    ['the hash of the PEM text', hex(streebog256(Buffer.from(certificatePem))), 'pem-hash'],
    [
      'the hash of the PEM with Windows line ends',
      hex(streebog256(Buffer.from(certificatePem.replaceAll('\n', '\r\n')))),
      'pem-hash',
    ],
    ['SHA-256 of a GOST certificate', certificateHash(certificate, 'sha256'), 'sha256'],
    ['byte-reversed', hex(streebog256(certificate).reverse()), 'reversed-hash'],
    ["another client's", other.hash, 'other-client'],
    ['not hexadecimal', 'x'.repeat(64), 'not-a-hash'],
    ['of nobody', 'ab'.repeat(32), 'unknown-certificate'],
  ])('%s is recognised in the journal only', async (_, hash, cause) => {
    const { outcome, wire } = await noted((query) => query.set('client_certificate_hash', hash));
    expect(outcome.split(':', 1)[0]).toBe(cause);
    expect(wire).toMatchObject({ expectedHashes: [system.hash], receivedHash: hash, clientId: 'HRLINK' });
  });
});

describe('a signature that is', () => {
  const secretOf = (query: URLSearchParams) => Buffer.from(query.get('client_secret')!, 'base64url');
  const signOver = (query: URLSearchParams, ...names: readonly string[]) =>
    system.sign(names.map((name) => query.get(name) ?? '').join(''));
  const expectedOf = (query: URLSearchParams) =>
    ['client_id', 'scope', 'timestamp', 'state', 'redirect_uri'].map((name) => query.get(name)).join('');

  const cases: readonly (readonly [string, (query: URLSearchParams) => string, RegExp])[] = [
    ['reversed', (query) => secretOf(query).reverse().toString('base64url'), /^reversed-signature/],
    [
      'r before s',
      (query) => Buffer.concat([secretOf(query).subarray(32), secretOf(query).subarray(0, 32)]).toString('base64url'),
      /^swapped-halves/,
    ],
    [
      'a CMS message',
      (query) =>
        signCms({
          content: Buffer.from(expectedOf(query)),
          certificate,
          keyPair,
          signingTime: new Date(),
        }).toString('base64url'),
      /^cms-blob/,
    ],
    [
      'over the v1 string',
      (query) => signOver(query, 'scope', 'timestamp', 'client_id', 'state'),
      /^wrong-concatenation: .*v1/,
    ],
    [
      'over the string without redirect_uri',
      (query) => signOver(query, 'client_id', 'scope', 'timestamp', 'state'),
      /^wrong-concatenation: .*without redirect_uri/,
    ],
    ["by another client's key", (query) => other.sign(expectedOf(query)), new RegExp(`^wrong-key: .*${other.hash}`)],
    ['too short', () => 'AAAA', /^wrong-length: .*got 3/],
    ['with raw plus signs', () => `${'A'.repeat(40)} ${'A'.repeat(45)}`, /^plus-not-encoded/],
    ['not base64', () => '***', /^not-base64/],
    ['of nothing we know', () => 'A'.repeat(86), /^no-match/],
  ];
  it.each(cases)('%s is recognised in the journal only', async (_, forge, cause) => {
    let expected = '';
    const { outcome, wire } = await noted((query) => {
      expected = expectedOf(query);
      query.set('client_secret', forge(query));
    });
    expect(outcome).toMatch(cause);
    expect(wire).toMatchObject({ expectedString: expected, certificateHash: system.hash });
  });

  it('a v3 one without the code is recognised too', async () => {
    const form = new URLSearchParams(system.codeForm('the.code.itself'));
    form.set('client_secret', signOver(form, 'client_id', 'scope', 'timestamp', 'state', 'redirect_uri'));
    expect(JSON.parse((await esia.te(form.toString())).text).error).toBe('access_denied');
    expect((await esia.notes('esia.signature')).at(-1)!.outcome).toMatch(/^wrong-concatenation: .*v2 authorization/);
  });
});

describe('the signature mode', () => {
  const bad: Fields = { client_secret: 'A'.repeat(86) };

  it.each([
    ['report', 1],
    ['off', 0],
  ])('%s lets a bad signature pass', async (mode, notes) => {
    const lenient = new EsiaWorld(await startEsia({ ESIA_SIGNATURE_MODE: mode }));
    await lenient.register(system);
    const reply = await lenient.ac(system.authorization({}, bad));
    expect(reply.headers['location']).toBe(`${lenient.url}/login`);
    expect(await lenient.notes('esia.signature')).toHaveLength(notes);
    await lenient.emulator.close();
  });

  it('spends no more on analysis than it may', async () => {
    const careful = new EsiaWorld(await startEsia({ ESIA_DIAGNOSES_PER_S: '0' }));
    await careful.register(system);
    await careful.ac(system.authorization({}, bad));
    expect((await careful.notes('esia.signature'))[0]!.outcome).toMatch(/^not-analysed/);
    await careful.emulator.close();
  });
});

it('shows the hash a client must send', async () => {
  const { body } = await esia.admin('GET', '/__admin/clients/HRLINK/expected-hash');
  expect(body.certificates).toMatchObject([{ expectedHash: system.hash, algorithm: 'gost2012_256' }]);
  expect(pem(certificate, 'CERTIFICATE')).toBe(certificatePem);
});
