import { randomBytes } from 'node:crypto';
import { oid, sequence } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { gostEngineStatus } from './gost-engine.js';
import { gostPrivateKeyPem } from './gost-key.js';
import { CURVE_BY_OID } from './gost-params.js';
import type { GostParamSet } from './gost-params.js';
import { OID } from '../x509/oids.js';
import { signatureSuite, suiteOfSpki } from './registry.js';
import type { Backend, SuiteId } from './signature-suite.js';

const engine = gostEngineStatus();
const skipped = engine.available ? '' : ` [skipped: ${engine.reason}]`;
const withEngine = engine.available ? it : it.skip;

const CASES: [SuiteId, Backend, GostParamSet?][] = [
  ['ecdsa-p256', 'node'],
  ['rsa-2048', 'node'],
  ['gost2012-256', 'pure-js', 'cryptopro-a'],
  ['gost2012-256', 'pure-js', 'xch-a'],
  ['gost2012-256', 'pure-js', 'tc26-a'],
  ['gost2012-256', 'engine', 'cryptopro-a'],
  ['gost2012-256', 'engine', 'xch-a'],
  ['gost2012-256', 'engine', 'tc26-a'],
  ['gost2012-512', 'pure-js'],
  ['gost2012-512', 'engine'],
];
const usable = CASES.filter(([, backend]) => backend !== 'engine' || engine.available);
if (!engine.available) it.skip(`engine cases${skipped}`, () => undefined);

const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
  } catch (error) {
    if (error instanceof PkiError) return error.code;
    throw error;
  }
  return undefined;
};

describe.each(usable)('%s on %s %s', (id, backend, paramSet) => {
  const suite = signatureSuite(id, { backend, paramSet });
  const keyPair = suite.generateKeyPair();
  const data = randomBytes(1000);
  const signature = keyPair.sign(data);

  it('verifies its own signature and names its suite', () => {
    expect(suite.verify(keyPair.spki, data, signature)).toBe(true);
    expect(suiteOfSpki(keyPair.spki)).toBe(id);
    if (id === 'gost2012-256') expect(signature).toHaveLength(64);
  });

  it('refuses changed data, a flipped signature bit, a cut or empty signature and a foreign key', () => {
    const other = suite.generateKeyPair();
    const flipped = Buffer.from(signature);
    flipped[10] = (flipped[10] as number) ^ 1;
    expect(suite.verify(keyPair.spki, Buffer.concat([data, Buffer.from([0])]), signature)).toBe(false);
    expect(suite.verify(keyPair.spki, data, flipped)).toBe(false);
    expect(suite.verify(keyPair.spki, data, signature.subarray(1))).toBe(false);
    expect(suite.verify(keyPair.spki, data, Buffer.alloc(0))).toBe(false);
    expect(suite.verify(other.spki, data, signature)).toBe(false);
  });

  it('signs a ready digest that verifies against the data, and the other way round', () => {
    expect(suite.verify(keyPair.spki, data, keyPair.signDigest(suite.digest(data)))).toBe(true);
    expect(suite.verifyDigest(keyPair.spki, suite.digest(data), signature)).toBe(true);
    expect(suite.verifyDigest(keyPair.spki, suite.digest(Buffer.from('other')), signature)).toBe(false);
    expect(suite.verifyDigest(keyPair.spki, suite.digest(data), signature.subarray(1))).toBe(false);
  });

  it('restores a key from its PEM', () => {
    const restored = suite.keyPairFromPem(keyPair.privateKeyPem);
    expect(restored.spki).toEqual(keyPair.spki);
    expect(suite.verify(keyPair.spki, data, restored.sign(data))).toBe(true);
  });

  it('refuses garbage and foreign keys with a typed error', () => {
    const foreign = signatureSuite(id === 'rsa-2048' ? 'ecdsa-p256' : 'rsa-2048').generateKeyPair();
    expect(codeOf(() => suite.keyPairFromPem('nonsense'))).toBeDefined();
    expect(codeOf(() => suite.keyPairFromPem(foreign.privateKeyPem))).toBeDefined();
    expect(codeOf(() => suite.verify(foreign.spki, data, signature))).toBeDefined();
    expect(codeOf(() => suite.verify(Buffer.from('30820000', 'hex'), data, signature))).toBeDefined();
  });
});

describe('GOST backends', () => {
  withEngine(`agree in both directions on every parameter set${skipped}`, () => {
    for (const paramSet of ['cryptopro-a', 'xch-a', 'tc26-a'] as const) {
      const js = signatureSuite('gost2012-256', { backend: 'pure-js', paramSet });
      const native = signatureSuite('gost2012-256', { backend: 'engine', paramSet });
      for (let round = 0; round < 8; round++) {
        const data = randomBytes(round * 37);
        const jsKey = js.generateKeyPair();
        const nativeKey = native.keyPairFromPem(jsKey.privateKeyPem);
        expect(nativeKey.spki).toEqual(jsKey.spki);
        expect(native.verify(jsKey.spki, data, jsKey.sign(data))).toBe(true);
        expect(js.verify(jsKey.spki, data, nativeKey.sign(data))).toBe(true);
      }
    }
  });

  withEngine.each(Object.keys(CURVE_BY_OID))(`agree on parameter set %s${skipped}`, (paramSet) => {
    const isLong = paramSet.startsWith('1.2.643.7.1.2.1.2.');
    const ownDigest = isLong ? [oid(OID.streebog512)] : [];
    const digest = paramSet.startsWith('1.2.643.2') ? [oid(OID.streebog256)] : ownDigest;
    const key = oid(isLong ? OID.gost2012Key512 : OID.gost2012Key256);
    const pem = gostPrivateKeyPem(
      sequence(key, sequence(oid(paramSet), ...digest)),
      BigInt(`0x${randomBytes(31).toString('hex')}`),
    );
    const id = isLong ? 'gost2012-512' : 'gost2012-256';
    const js = signatureSuite(id, { backend: 'pure-js' }).keyPairFromPem(pem);
    const native = signatureSuite(id, { backend: 'engine' }).keyPairFromPem(pem);
    const data = randomBytes(100);
    expect(js.spki).toEqual(native.spki);
    expect(js.owner.verify(js.spki, data, native.sign(data))).toBe(true);
    expect(native.owner.verify(js.spki, data, js.sign(data))).toBe(true);
  });

  it('refuse a point off the curve and an unknown parameter set', () => {
    const suite = signatureSuite('gost2012-256');
    const { spki } = suite.generateKeyPair();
    const offCurve = Buffer.from(spki);
    offCurve.writeUInt8((offCurve.at(-40) as number) ^ 1, offCurve.length - 40);
    expect(codeOf(() => suite.verify(offCurve, Buffer.alloc(1), Buffer.alloc(64)))).toBe('invalid-key');
    const unknownSet = Buffer.from(spki.toString('hex').replace('2a850302022301', '2a850302022309'), 'hex');
    expect(codeOf(() => suite.verify(unknownSet, Buffer.alloc(1), Buffer.alloc(64)))).toBe('unsupported-algorithm');
  });

  it('repeat keys and signatures from a seeded source', () => {
    const seeded = (): ReturnType<typeof signatureSuite> => {
      let counter = 0;
      const bytes = (size: number): Buffer => Buffer.alloc(size, ++counter);
      return signatureSuite('gost2012-256', { backend: 'pure-js', randomBytes: bytes });
    };
    const [a, b] = [seeded().generateKeyPair(), seeded().generateKeyPair()];
    expect(a.privateKeyPem).toBe(b.privateKeyPem);
    expect(a.sign(Buffer.from('x'))).toEqual(b.sign(Buffer.from('x')));
  });

  it.each([
    ['cryptopro-a', '3066301f06082a85030701010101301306072a85030202230106082a85030701010202034300'],
    ['xch-a', '3066301f06082a85030701010101301306072a85030202240006082a85030701010202034300'],
    ['tc26-a', '305e301706082a85030701010101300b06092a8503070102010101034300'],
  ] as const)('encode the key algorithm of %s as RFC 9215 says', (paramSet, prefix) => {
    const { spki } = signatureSuite('gost2012-256', { paramSet }).generateKeyPair();
    expect(spki.toString('hex').slice(0, prefix.length)).toBe(prefix);
  });

  it('say why the engine cannot be had', () => {
    expect(codeOf(() => signatureSuite('gost2012-256', { backend: 'node' }))).toBe('backend-unavailable');
    expect(codeOf(() => signatureSuite('rsa-2048', { backend: 'pure-js' }))).toBe('backend-unavailable');
  });
});
