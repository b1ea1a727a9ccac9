import { createPublicKey, randomBytes as systemRandomBytes, verify } from 'node:crypto';
import { readDer } from '../der/der-reader.js';
import { TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { OID } from '../x509/oids.js';
import { gostEngineStatus } from './gost-engine.js';
import { gostSuite } from './gost.suite.js';
import type { GostParamSet } from './gost-params.js';
import { nodeSuite } from './node.suite.js';
import type { Backend, RandomBytes, SignatureSuite, SuiteId } from './signature-suite.js';

export interface SuiteOptions {
  /** Default: the engine for GOST when it works, else JavaScript; `node` for the others. */
  backend?: Backend;
  /** Curve of new 256-bit GOST keys. Default `cryptopro-a`. */
  paramSet?: GostParamSet;
  /** Default: the system's. A seeded source makes serials and GOST keys repeatable, with `pure-js` signatures too. */
  randomBytes?: RandomBytes;
  /** ECDSA keys come from `randomBytes` too, as those of GOST always do; RSA keys never. Default false: OpenSSL makes them. */
  isSeeded?: boolean;
  /** Where to look for the engine first. */
  enginePath?: string;
}

function chooseGostBackend({ backend, enginePath }: SuiteOptions): 'engine' | 'pure-js' {
  if (backend === 'pure-js') return backend;
  if (backend === 'node') throw new PkiError('backend-unavailable', 'node:crypto alone has no GOST');
  const { available, reason } = gostEngineStatus(enginePath);
  if (backend === 'engine' && !available) throw new PkiError('backend-unavailable', `GOST engine: ${reason}`);
  return available ? 'engine' : 'pure-js';
}

/**
 * A signature suite by name.
 * @throws PkiError `backend-unavailable` when the backend asked for cannot serve the suite here.
 */
export function signatureSuite(id: SuiteId, options: SuiteOptions = {}): SignatureSuite {
  const { paramSet = 'cryptopro-a', randomBytes = systemRandomBytes } = options;
  if (id === 'gost2012-512') return gostSuite(chooseGostBackend(options), 'tc26-512-a', randomBytes);
  if (id === 'gost2012-256') {
    if (paramSet === 'tc26-512-a') throw new PkiError('invalid-argument', 'tc26-512-a belongs to gost2012-512');
    return gostSuite(chooseGostBackend(options), paramSet, randomBytes);
  }
  if (options.backend && options.backend !== 'node') {
    throw new PkiError('backend-unavailable', `${id} runs on the node backend only`);
  }
  return nodeSuite(id, randomBytes, options.isSeeded === true);
}

const cache = new Map<SuiteId, SignatureSuite>();

/** The suite with default options, made once: for verification, where options play no part. */
export function defaultSuite(id: SuiteId): SignatureSuite {
  const known = cache.get(id);
  if (known) return known;
  const made = signatureSuite(id);
  cache.set(id, made);
  return made;
}

const SUITE_BY_KEY: Readonly<Record<string, SuiteId | undefined>> = {
  [OID.gost2012Key256]: 'gost2012-256',
  [OID.gost2012Key512]: 'gost2012-512',
  [OID.rsaEncryption]: 'rsa-2048',
};

/** Which suite a public key belongs to; undefined for another kind. @throws PkiError `malformed`. */
export function suiteOfSpki(spki: Buffer): SuiteId | undefined {
  const [id, parameters] = readDer(spki).children(TAG.sequence)[0]?.children(TAG.sequence) ?? [];
  if (!id) throw new PkiError('malformed', 'public key info must hold an algorithm and a key');
  const algorithm = id.oid();
  const known = SUITE_BY_KEY[algorithm];
  if (known) return known;
  const isP256 = parameters?.tag === TAG.oid && parameters.oid() === OID.prime256v1;
  return algorithm === OID.ecPublicKey && isP256 ? 'ecdsa-p256' : undefined;
}

const GOST_SIGNATURES: Readonly<Record<string, SuiteId | undefined>> = {
  [OID.gost2012Signature256]: 'gost2012-256',
  [OID.gost2012Signature512]: 'gost2012-512',
};

/** Digests of the RSA and ECDSA signature OIDs accepted besides SHA-256. */
export const NODE_DIGESTS: Readonly<Record<string, string | undefined>> = {
  [OID.sha1WithRsa]: 'sha1',
  [OID.sha256WithRsa]: 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  [OID.ecdsaWithSha256]: 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

export interface SignatureToCheck {
  /** OID of the signature algorithm; of the key, in a CMS. */
  algorithm: string;
  spki: Buffer;
  data: Buffer;
  signature: Buffer;
}

const keyTypeOf = (algorithm: string): string => (algorithm.startsWith('1.2.840.113549.1.1.') ? 'rsa' : 'ec');

/**
 * RSA or EC of any size with the digest OpenSSL calls `digest`.
 * @throws PkiError `invalid-key` when the key is not of the algorithm's kind or cannot be used
 */
export function verifyWithNode(digest: string, { algorithm, spki, data, signature }: SignatureToCheck): boolean {
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== keyTypeOf(algorithm)) throw new Error('key and signature differ in kind');
    return verify(digest, data, key, signature);
  } catch (cause) {
    throw new PkiError('invalid-key', 'public key cannot be used with this signature', { cause });
  }
}

/**
 * Checks a signature by its algorithm OID.
 * @throws PkiError `unsupported-algorithm` for an unknown OID, `invalid-key` or `malformed` for a bad key.
 */
export function verifySignature(check: SignatureToCheck): boolean {
  const { algorithm, spki, data, signature } = check;
  const gost = GOST_SIGNATURES[algorithm];
  if (gost) return defaultSuite(gost).verify(spki, data, signature);
  const digest = NODE_DIGESTS[algorithm];
  if (!digest) throw new PkiError('unsupported-algorithm', `unknown signature algorithm ${algorithm}`);
  return verifyWithNode(digest, check);
}
