/** GOST R 34.10-2012 (256 and 512 bit) with Streebog of the same length, ECDSA P-256 with SHA-256, RSA PKCS#1 v1.5 with SHA-256. */
export type SuiteId = 'gost2012-256' | 'gost2012-512' | 'ecdsa-p256' | 'rsa-2048';

/** Who does the arithmetic: the OpenSSL GOST engine, JavaScript, or `node:crypto` itself. */
export type Backend = 'engine' | 'pure-js' | 'node';

/** Source of `size` random bytes; inject a seeded one for deterministic keys and serials. */
export type RandomBytes = (size: number) => Buffer;

/** A digest under way. */
export interface IncrementalDigest {
  update(data: Buffer): unknown;
  /** Call once. */
  digest(): Buffer;
}

/** A private key ready to sign. Parsing happened once: keep the object, never re-import per operation. */
export interface KeyPair {
  readonly suite: SuiteId;
  /** The suite that made this key: digests and AlgorithmIdentifiers. */
  readonly owner: SignatureSuite;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Buffer;
  /** PKCS#8, PEM. */
  readonly privateKeyPem: string;
  /** Hashes and signs. GOST: 64 bytes s||r big-endian; ECDSA: DER Ecdsa-Sig-Value; RSA: PKCS#1 v1.5 block. */
  sign(data: Buffer): Buffer;
  /** As `sign`, on the thread pool of the process. Absent where the arithmetic is JavaScript. @throws Error of OpenSSL */
  signInThread?(data: Buffer): Promise<Buffer>;
  /** Signs a digest made elsewhere (`digestBytes` long), same output form. */
  signDigest(digest: Buffer): Buffer;
}

/** One digest and signature scheme with its X.509 and CMS encodings. */
export interface SignatureSuite {
  readonly id: SuiteId;
  readonly backend: Backend;
  readonly digestBytes: number;
  /** AlgorithmIdentifier DER of a signature in a certificate, CSR, CRL, OCSP response. */
  readonly signatureAlgorithm: Buffer;
  /** AlgorithmIdentifier DER of the digest. */
  readonly digestAlgorithm: Buffer;
  /** AlgorithmIdentifier DER of SignerInfo.signatureAlgorithm. */
  readonly cmsSignatureAlgorithm: Buffer;
  readonly randomBytes: RandomBytes;
  digest(data: Buffer): Buffer;
  /** A digest of data that comes in pieces. */
  startDigest(): IncrementalDigest;
  generateKeyPair(): KeyPair;
  /** @throws PkiError `invalid-key` when the PEM is not a PKCS#8 key of this suite. */
  keyPairFromPem(pem: string): KeyPair;
  /** False for a wrong signature. @throws PkiError when `spki` is not a usable key of this suite. */
  verify(spki: Buffer, data: Buffer, signature: Buffer): boolean;
  /** As `verify`, for a digest made elsewhere. */
  verifyDigest(spki: Buffer, digest: Buffer, signature: Buffer): boolean;
}
