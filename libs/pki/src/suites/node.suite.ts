import { constants, createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { privateEncrypt, publicDecrypt, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { NULL, oid, octetString, sequence } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';
import { publicKeyBits } from '../x509/extensions.js';
import { signInThread } from './sign-in-thread.js';
import type { IncrementalDigest, KeyPair, RandomBytes, SignatureSuite } from './signature-suite.js';

type NodeSuiteId = 'ecdsa-p256' | 'rsa-2048';

/** What differs between the two schemes `node:crypto` knows. */
interface NodeScheme {
  readonly id: NodeSuiteId;
  readonly signatureAlgorithm: Buffer;
  readonly cmsSignatureAlgorithm: Buffer;
  generate(): KeyObject;
  isOwnKey(key: KeyObject): boolean;
  signDigest(key: KeyObject, digest: Buffer): Buffer;
  verifyDigest(spki: Buffer, digest: Buffer, signature: Buffer): boolean;
}

const sha256Algorithm = sequence(oid(OID.sha256));
const padding = constants.RSA_PKCS1_PADDING;

const ecdsa: NodeScheme = {
  id: 'ecdsa-p256',
  signatureAlgorithm: sequence(oid(OID.ecdsaWithSha256)),
  cmsSignatureAlgorithm: sequence(oid(OID.ecdsaWithSha256)),
  generate: () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey,
  isOwnKey: (key) => key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1',
  signDigest(key, digest) {
    const { d = '' } = key.export({ format: 'jwk' });
    return Buffer.from(p256.sign(digest, Buffer.from(d, 'base64url'), { prehash: false, format: 'der' }));
  },
  verifyDigest: (spki, digest, signature) =>
    p256.verify(signature, digest, publicKeyBits(spki), { prehash: false, format: 'der', lowS: false }),
};

/** A P-256 key from random bytes: more than the order has, so that no scalar is likelier than another (FIPS 186-5 A.2.1). */
function keyOf(random: RandomBytes): KeyObject {
  const { secretKey } = p256.keygen(random(p256.lengths.seed ?? 48));
  const point = Buffer.from(p256.getPublicKey(secretKey, false));
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const jwk = { kty: 'EC', crv: 'P-256', d: Buffer.from(secretKey).toString('base64url'), x: x!, y: y! };
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

/** DigestInfo of RFC 8017 9.2 with SHA-256. */
const digestInfo = (digest: Buffer): Buffer => sequence(sequence(oid(OID.sha256), NULL), octetString(digest));

const rsa: NodeScheme = {
  id: 'rsa-2048',
  signatureAlgorithm: sequence(oid(OID.sha256WithRsa), NULL),
  cmsSignatureAlgorithm: sequence(oid(OID.rsaEncryption), NULL),
  generate: () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  isOwnKey: (key) => key.asymmetricKeyType === 'rsa',
  signDigest: (key, digest) => privateEncrypt({ key, padding }, digestInfo(digest)),
  verifyDigest(spki, digest, signature) {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return publicDecrypt({ key, padding }, signature).equals(digestInfo(digest));
  },
};

function checkDigest(digest: Buffer): void {
  if (digest.length !== 32) throw new PkiError('invalid-argument', 'SHA-256 digest must be 32 bytes');
}

/** ECDSA or RSA over `node:crypto`; keys and nonces come from OpenSSL, `randomBytes` only serves serials. */
class NodeSuite implements SignatureSuite {
  readonly backend = 'node';
  readonly digestBytes = 32;
  readonly digestAlgorithm = sha256Algorithm;
  readonly id: NodeSuiteId;
  readonly signatureAlgorithm: Buffer;
  readonly cmsSignatureAlgorithm: Buffer;

  constructor(
    private readonly scheme: NodeScheme,
    readonly randomBytes: RandomBytes,
  ) {
    this.id = scheme.id;
    this.signatureAlgorithm = scheme.signatureAlgorithm;
    this.cmsSignatureAlgorithm = scheme.cmsSignatureAlgorithm;
  }

  digest(data: Buffer): Buffer {
    return createHash('sha256').update(data).digest();
  }

  startDigest(): IncrementalDigest {
    return createHash('sha256');
  }

  generateKeyPair(): KeyPair {
    return this.keyPair(this.scheme.generate());
  }

  keyPairFromPem(pem: string): KeyPair {
    return this.keyPair(this.ownKey(() => createPrivateKey(pem)));
  }

  verify(spki: Buffer, data: Buffer, signature: Buffer): boolean {
    return verify('sha256', data, this.publicKey(spki), signature);
  }

  verifyDigest(spki: Buffer, digest: Buffer, signature: Buffer): boolean {
    checkDigest(digest);
    this.publicKey(spki);
    try {
      return this.scheme.verifyDigest(spki, digest, signature);
    } catch {
      return false; // Both libraries throw for a signature that is not even well-formed.
    }
  }

  private publicKey(spki: Buffer): KeyObject {
    return this.ownKey(() => createPublicKey({ key: spki, format: 'der', type: 'spki' }));
  }

  private ownKey(make: () => KeyObject): KeyObject {
    let key: KeyObject;
    try {
      key = make();
    } catch (cause) {
      throw new PkiError('invalid-key', `not a usable ${this.id} key`, { cause });
    }
    if (!this.scheme.isOwnKey(key)) throw new PkiError('invalid-key', `not a ${this.id} key`);
    return key;
  }

  private keyPair(key: KeyObject): KeyPair {
    return {
      suite: this.id,
      owner: this,
      spki: createPublicKey(key).export({ type: 'spki', format: 'der' }),
      privateKeyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      sign: (data) => sign('sha256', data, key),
      signInThread: (data) => signInThread('sha256', data, key),
      signDigest: (digest) => {
        checkDigest(digest);
        return this.scheme.signDigest(key, digest);
      },
    };
  }
}

/** @param isSeeded ECDSA keys come from `random` */
export function nodeSuite(id: NodeSuiteId, random: RandomBytes, isSeeded: boolean): SignatureSuite {
  if (id === 'rsa-2048') return new NodeSuite(rsa, random);
  return new NodeSuite(isSeeded ? { ...ecdsa, generate: () => keyOf(random) } : ecdsa, random);
}
