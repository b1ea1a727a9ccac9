import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { oid, sequence } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';
import { ENGINE_DIGEST, engineDigest } from './gost-engine.js';
import { gostPrivateKeyPem, gostSpki, readGostPrivateKey, readGostSpki } from './gost-key.js';
import type { GostPrivateKey } from './gost-key.js';
import { publicPoint, randomScalar, signGostDigest, verifyGostDigest } from './gost-math.js';
import { PARAM_SETS } from './gost-params.js';
import type { GostParamSet } from './gost-params.js';
import type { KeyPair, RandomBytes, SignatureSuite } from './signature-suite.js';
import { streebog256 } from './streebog.js';

/** The operations the two backends do differently. */
interface GostBackend {
  readonly name: 'engine' | 'pure-js';
  digest(data: Buffer): Buffer;
  /** SubjectPublicKeyInfo and signing function of a private key. */
  open(key: GostPrivateKey, randomBytes: RandomBytes): Pick<KeyPair, 'spki' | 'sign'>;
  verify(spki: Buffer, data: Buffer, signature: Buffer): boolean;
}

const pureJs: GostBackend = {
  name: 'pure-js',
  digest: streebog256,
  open(key, randomBytes) {
    const { x, y } = publicPoint(key.curve, key.d);
    return {
      spki: gostSpki(key.keyAlgorithm, x, y),
      sign: (data) => signGostDigest(key, streebog256(data), randomBytes),
    };
  },
  verify: (spki, data, signature) => verifyGostDigest(readGostSpki(spki), streebog256(data), signature),
};

function engineKey<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new PkiError('invalid-key', 'GOST key is refused by the engine', { cause });
  }
}

/** The engine reads short signatures past their end as garbage and reports it as a plain failure. */
function engineVerify(key: KeyObject, data: Buffer, signature: Buffer): boolean {
  if (signature.length !== 64) return false;
  try {
    return verify(ENGINE_DIGEST, data, key, signature);
  } catch {
    return false;
  }
}

const engine: GostBackend = {
  name: 'engine',
  digest: engineDigest,
  open({ keyAlgorithm, d }) {
    const key = engineKey(() => createPrivateKey(gostPrivateKeyPem(keyAlgorithm, d)));
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
    return { spki, sign: (data) => sign(ENGINE_DIGEST, data, key) };
  },
  verify(spki, data, signature) {
    readGostSpki(spki);
    const key = engineKey(() => createPublicKey({ key: spki, format: 'der', type: 'spki' }));
    return engineVerify(key, data, signature);
  },
};

const signatureAlgorithm = sequence(oid(OID.gost2012Signature256));
const digestAlgorithm = sequence(oid(OID.streebog256));
const cmsSignatureAlgorithm = sequence(oid(OID.gost2012Key256));

/** GOST R 34.10-2012 with a 256-bit key and Streebog-256. `randomBytes` feeds the engine's keys but not its nonces. */
class GostSuite implements SignatureSuite {
  readonly id = 'gost2012-256';
  readonly digestBytes = 32;
  readonly signatureAlgorithm = signatureAlgorithm;
  readonly digestAlgorithm = digestAlgorithm;
  readonly cmsSignatureAlgorithm = cmsSignatureAlgorithm;
  readonly backend: 'engine' | 'pure-js';

  constructor(
    private readonly arithmetic: GostBackend,
    private readonly paramSet: GostParamSet,
    readonly randomBytes: RandomBytes,
  ) {
    this.backend = arithmetic.name;
  }

  digest(data: Buffer): Buffer {
    return this.arithmetic.digest(data);
  }

  generateKeyPair(): KeyPair {
    const { curve, keyAlgorithm } = PARAM_SETS[this.paramSet];
    return this.keyPair({ curve, keyAlgorithm, d: randomScalar(curve, this.randomBytes) });
  }

  keyPairFromPem(pem: string): KeyPair {
    return this.keyPair(readGostPrivateKey(pem));
  }

  verify(spki: Buffer, data: Buffer, signature: Buffer): boolean {
    return this.arithmetic.verify(spki, data, signature);
  }

  verifyDigest(spki: Buffer, digest: Buffer, signature: Buffer): boolean {
    return verifyGostDigest(readGostSpki(spki), digest, signature);
  }

  private keyPair(key: GostPrivateKey): KeyPair {
    return {
      ...this.arithmetic.open(key, this.randomBytes),
      suite: this.id,
      owner: this,
      privateKeyPem: gostPrivateKeyPem(key.keyAlgorithm, key.d),
      // Node signs no ready digests, so this path is JavaScript with either backend.
      signDigest: (digest) => signGostDigest(key, digest, this.randomBytes),
    };
  }
}

/** @param backend the caller has checked that the engine is available */
export function gostSuite(backend: 'engine' | 'pure-js', paramSet: GostParamSet, random: RandomBytes): SignatureSuite {
  return new GostSuite(backend === 'engine' ? engine : pureJs, paramSet, random);
}
