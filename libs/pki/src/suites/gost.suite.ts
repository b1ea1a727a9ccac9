import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { oid, sequence } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';
import { ENGINE_DIGESTS, startEngineDigest } from './gost-engine.js';
import { gostPrivateKeyPem, gostSpki, readGostPrivateKey, readGostSpki } from './gost-key.js';
import type { GostPrivateKey } from './gost-key.js';
import { publicPoint, randomScalar, signGostDigest, verifyGostDigest } from './gost-math.js';
import { fieldBytes, PARAM_SETS } from './gost-params.js';
import type { GostParamSet } from './gost-params.js';
import { signInThread } from './sign-in-thread.js';
import type { IncrementalDigest, KeyPair, RandomBytes, SignatureSuite } from './signature-suite.js';
import { Streebog } from './streebog.js';

type Size = 32 | 64;

/** The operations the two backends do differently. */
interface GostBackend {
  readonly name: 'engine' | 'pure-js';
  startDigest(size: Size): IncrementalDigest;
  /** SubjectPublicKeyInfo and signing function of a private key. */
  open(key: GostPrivateKey, randomBytes: RandomBytes): Pick<KeyPair, 'spki' | 'sign' | 'signInThread'>;
  verify(spki: Buffer, data: Buffer, signature: Buffer): boolean;
}

const streebog = (size: Size, data: Buffer): Buffer => new Streebog(size).update(data).digest();

const pureJs: GostBackend = {
  name: 'pure-js',
  startDigest: (size) => new Streebog(size),
  open(key, randomBytes) {
    const { x, y } = publicPoint(key.curve, key.d);
    const size = fieldBytes(key.curve);
    return {
      spki: gostSpki(key.keyAlgorithm, x, y),
      sign: (data) => signGostDigest(key, streebog(size, data), randomBytes),
    };
  },
  verify(spki, data, signature) {
    const key = readGostSpki(spki);
    return verifyGostDigest(key, streebog(fieldBytes(key.curve), data), signature);
  },
};

function engineKey<T>(make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new PkiError('invalid-key', 'GOST key is refused by the engine', { cause });
  }
}

/** The engine reads short signatures past their end as garbage and reports it as a plain failure. */
function engineVerify(size: Size, key: KeyObject, data: Buffer, signature: Buffer): boolean {
  if (signature.length !== 2 * size) return false;
  try {
    return verify(ENGINE_DIGESTS[size], data, key, signature);
  } catch {
    return false;
  }
}

const engine: GostBackend = {
  name: 'engine',
  startDigest: startEngineDigest,
  open({ curve, keyAlgorithm, d }) {
    const digest = ENGINE_DIGESTS[fieldBytes(curve)];
    const key = engineKey(() => createPrivateKey(gostPrivateKeyPem(keyAlgorithm, d)));
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
    return {
      spki,
      sign: (data) => sign(digest, data, key),
      signInThread: (data) => signInThread(digest, data, key),
    };
  },
  verify(spki, data, signature) {
    const { curve } = readGostSpki(spki);
    const key = engineKey(() => createPublicKey({ key: spki, format: 'der', type: 'spki' }));
    return engineVerify(fieldBytes(curve), key, data, signature);
  },
};

/** What differs between the two lengths. */
const SIZES = {
  32: {
    id: 'gost2012-256',
    signatureAlgorithm: sequence(oid(OID.gost2012Signature256)),
    digestAlgorithm: sequence(oid(OID.streebog256)),
    cmsSignatureAlgorithm: sequence(oid(OID.gost2012Key256)),
  },
  64: {
    id: 'gost2012-512',
    signatureAlgorithm: sequence(oid(OID.gost2012Signature512)),
    digestAlgorithm: sequence(oid(OID.streebog512)),
    cmsSignatureAlgorithm: sequence(oid(OID.gost2012Key512)),
  },
} as const;

/** GOST R 34.10-2012 with Streebog of the key's length. `randomBytes` feeds the engine's keys but not its nonces. */
class GostSuite implements SignatureSuite {
  readonly id: 'gost2012-256' | 'gost2012-512';
  readonly digestBytes: Size;
  readonly signatureAlgorithm: Buffer;
  readonly digestAlgorithm: Buffer;
  readonly cmsSignatureAlgorithm: Buffer;
  readonly backend: 'engine' | 'pure-js';

  constructor(
    private readonly arithmetic: GostBackend,
    private readonly paramSet: GostParamSet,
    readonly randomBytes: RandomBytes,
  ) {
    this.backend = arithmetic.name;
    this.digestBytes = fieldBytes(PARAM_SETS[paramSet].curve);
    const { id, signatureAlgorithm, digestAlgorithm, cmsSignatureAlgorithm } = SIZES[this.digestBytes];
    this.id = id;
    this.signatureAlgorithm = signatureAlgorithm;
    this.digestAlgorithm = digestAlgorithm;
    this.cmsSignatureAlgorithm = cmsSignatureAlgorithm;
  }

  startDigest(): IncrementalDigest {
    return this.arithmetic.startDigest(this.digestBytes);
  }

  digest(data: Buffer): Buffer {
    const digest = this.arithmetic.startDigest(this.digestBytes);
    digest.update(data);
    return digest.digest();
  }

  generateKeyPair(): KeyPair {
    const { curve, keyAlgorithm } = PARAM_SETS[this.paramSet];
    return this.keyPair({ curve, keyAlgorithm, d: randomScalar(curve, this.randomBytes) });
  }

  keyPairFromPem(pem: string): KeyPair {
    const key = readGostPrivateKey(pem);
    if (fieldBytes(key.curve) !== this.digestBytes) throw new PkiError('invalid-key', `not a ${this.id} key`);
    return this.keyPair(key);
  }

  verify(spki: Buffer, data: Buffer, signature: Buffer): boolean {
    this.requireSize(spki);
    return this.arithmetic.verify(spki, data, signature);
  }

  verifyDigest(spki: Buffer, digest: Buffer, signature: Buffer): boolean {
    this.requireSize(spki);
    return verifyGostDigest(readGostSpki(spki), digest, signature);
  }

  private requireSize(spki: Buffer): void {
    if (fieldBytes(readGostSpki(spki).curve) !== this.digestBytes)
      throw new PkiError('invalid-key', `not a ${this.id} key`);
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
