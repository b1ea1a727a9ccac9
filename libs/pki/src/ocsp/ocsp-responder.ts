import { createHash } from 'node:crypto';
import {
  bitString,
  context,
  enumerated,
  generalizedTime,
  NULL,
  octetString,
  oid,
  sequence,
} from '../der/der-writer.js';
import type { KeyPair } from '../suites/signature-suite.js';
import { keyIdentifier, publicKeyBits } from '../x509/extensions.js';
import { OID } from '../x509/oids.js';
import { parseCertificate } from '../x509/parse-certificate.js';
import type { OcspCertId } from './ocsp-request.js';

/** `reason` is the CRLReason number of RFC 5280 5.3.1. */
export type OcspStatus = 'good' | 'unknown' | { readonly revokedAt: Date; readonly reason?: number };

export interface OcspAnswer {
  certId: OcspCertId;
  status: OcspStatus;
}

export interface OcspContent {
  answers: readonly OcspAnswer[];
  producedAt: Date;
  thisUpdate: Date;
  nextUpdate?: Date;
  /** Value of the nonce extension, echoed. */
  nonce?: Buffer;
}

/** responseStatus values that come without a body (RFC 6960 4.2.1). */
export const OCSP_FAILURES = {
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
} as const;
export type OcspFailure = keyof typeof OCSP_FAILURES;

/** The whole response that says why there is no answer. */
export const ocspFailure = (failure: OcspFailure): Buffer => sequence(enumerated(OCSP_FAILURES[failure]));

const BASIC = oid(OID.ocspBasic);
const SUCCESSFUL = enumerated(0);
const NONCE = oid(OID.ocspNonce);
const GOOD = Buffer.from('8000', 'hex');
const UNKNOWN = Buffer.from('8200', 'hex');
const HASHES: Readonly<Record<string, string | undefined>> = {
  [OID.sha1]: 'sha1',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};

function statusDer(status: OcspStatus): Buffer {
  if (status === 'good') return GOOD;
  if (status === 'unknown') return UNKNOWN;
  const reason = status.reason === undefined ? [] : [context(0, enumerated(status.reason))];
  return context(1, generalizedTime(status.revokedAt), ...reason);
}

export interface OcspResponderOptions {
  keyPair: KeyPair;
  /** The responder's own certificate: the authority itself, or one with EKU OCSPSigning. */
  certificate: Buffer;
  /** Certificate of the authority whose certificates are answered for. */
  issuerCertificate: Buffer;
}

/** Signs OCSP answers of one authority: BasicOCSPResponse, responder by key, DER templates only. */
export class OcspResponder {
  private readonly responderId: Buffer;
  private readonly certificates: Buffer;
  private readonly issuerName: Buffer;
  private readonly issuerKey: Buffer;
  private readonly issuerHashes = new Map<string, { name: Buffer; key: Buffer }>();

  constructor(private readonly options: OcspResponderOptions) {
    const issuer = parseCertificate(options.issuerCertificate);
    this.issuerName = issuer.subjectDer;
    // For GOST the BIT STRING content is `04 40 || key`, all of which is hashed.
    this.issuerKey = publicKeyBits(issuer.spki);
    this.responderId = context(2, octetString(keyIdentifier(options.keyPair.spki)));
    this.certificates = context(0, sequence(options.certificate));
  }

  /** Whether the certificate asked about is of this authority, by the hashes its client used; false for an unknown hash. */
  isOwn({ hashAlgorithm, issuerNameHash, issuerKeyHash }: OcspCertId): boolean {
    const own = this.hashesOf(hashAlgorithm);
    return own !== undefined && own.name.equals(issuerNameHash) && own.key.equals(issuerKeyHash);
  }

  /** A whole OCSPResponse, DER. */
  respond({ answers, producedAt, thisUpdate, nextUpdate, nonce }: OcspContent): Buffer {
    const { keyPair } = this.options;
    const times = [generalizedTime(thisUpdate), ...(nextUpdate ? [context(0, generalizedTime(nextUpdate))] : [])];
    const singles = answers.map(({ certId, status }) => sequence(certId.der, statusDer(status), ...times));
    const extensions = nonce === undefined ? [] : [context(1, sequence(sequence(NONCE, octetString(nonce))))];
    const tbs = sequence(this.responderId, generalizedTime(producedAt), sequence(...singles), ...extensions);
    const { signatureAlgorithm } = keyPair.owner;
    const basic = sequence(tbs, signatureAlgorithm, bitString(keyPair.sign(tbs)), this.certificates);
    return sequence(SUCCESSFUL, context(0, sequence(BASIC, octetString(basic))));
  }

  private hashesOf(algorithm: string): { name: Buffer; key: Buffer } | undefined {
    const known = this.issuerHashes.get(algorithm);
    if (known) return known;
    const digest = this.digestOf(algorithm);
    if (digest === undefined) return undefined;
    const made = { name: digest(this.issuerName), key: digest(this.issuerKey) };
    this.issuerHashes.set(algorithm, made);
    return made;
  }

  private digestOf(algorithm: string): ((data: Buffer) => Buffer) | undefined {
    const { owner } = this.options.keyPair;
    if (algorithm === OID.streebog256 && owner.id === 'gost2012-256') return (data) => owner.digest(data);
    const name = HASHES[algorithm];
    return name === undefined ? undefined : (data) => createHash(name).update(data).digest();
  }
}

/** Extension of a delegated responder's certificate: its own revocation need not be asked about (RFC 6960 4.2.2.2.1). */
export const OCSP_NO_CHECK = { oid: OID.ocspNoCheck, value: NULL };
