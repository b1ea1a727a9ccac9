import { bitString, context, enumerated, integer, sequence, TAG, time, tlvHeader } from '../der/der-writer.js';
import { authorityKeyIdentifier, distributionPoints, extension } from '../x509/extensions.js';
import type { CertificateAuthority } from '../x509/certificate-authority.js';
import { OID } from '../x509/oids.js';

/** Reason codes of RFC 5280 5.3.1 by name. */
export const CRL_REASONS = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;
export type CrlReason = keyof typeof CRL_REASONS;

/** Number of a reason given by name or by number; 0 for anything else. */
export function crlReasonNumber(reason: string): number {
  if (Object.hasOwn(CRL_REASONS, reason)) return CRL_REASONS[reason as CrlReason];
  const given = /^\d{1,2}$/.test(reason) ? Number(reason) : 0;
  return Object.values<number>(CRL_REASONS).includes(given) ? given : 0;
}

const reasons = Object.values(CRL_REASONS).map(
  (reason) => [reason, sequence(extension({ oid: OID.crlReason, value: enumerated(reason) }))] as const,
);
const REASON_EXTENSIONS: ReadonlyMap<number, Buffer> = new Map(reasons);

/** One line of a revocation list; `unspecified` (0) is left out, as RFC 5280 5.3.1 asks. */
export function crlEntry(serial: Buffer, revokedAt: Date, reason = 0): Buffer {
  const extensions = reason === 0 ? undefined : REASON_EXTENSIONS.get(reason);
  const fields = [integer(serial), time(revokedAt)];
  return sequence(...fields, ...(extensions === undefined ? [] : [extensions]));
}

export interface CrlContent {
  /** cRLNumber, growing. */
  number: number;
  thisUpdate: Date;
  nextUpdate: Date;
  /** Encoded by `crlEntry`. */
  entries: readonly Buffer[];
  /** Number of the full list this delta adds to; undefined for a full list. */
  baseNumber?: number;
  /** Where the delta is published, for a full list (freshestCRL). */
  deltaUrls?: readonly string[];
}

/** Bytes hashed between two pauses: under a millisecond of OpenSSL, some ten of the JavaScript fallback. */
const SLICE_BYTES = 128 * 1024;
const VERSION_2 = integer(1);

function extensionsOf({ number, baseNumber, deltaUrls = [] }: CrlContent, keyId: Buffer): Buffer {
  const delta =
    baseNumber === undefined
      ? []
      : [extension({ oid: OID.deltaCrlIndicator, isCritical: true, value: integer(baseNumber) })];
  const freshest =
    deltaUrls.length === 0 ? [] : [extension({ oid: OID.freshestCrl, value: distributionPoints(deltaUrls) })];
  const own = [authorityKeyIdentifier(keyId), extension({ oid: OID.crlNumber, value: integer(number) })];
  return context(0, sequence(...own, ...delta, ...freshest));
}

/**
 * A CertificateList v2 (RFC 5280 5.1) with AKI and cRLNumber. Hashing a long list goes on in slices with `pause` between
 * them, so that a list of 100,000 entries never holds the event loop for long.
 * @param pause e.g. `setImmediate` as a promise
 */
export async function signCrl(
  { keyPair, subjectDer, keyId }: Pick<CertificateAuthority, 'keyPair' | 'subjectDer' | 'keyId'>,
  content: CrlContent,
  pause: () => Promise<unknown>,
): Promise<Buffer> {
  const { thisUpdate, nextUpdate, entries } = content;
  const { signatureAlgorithm } = keyPair.owner;
  const head = Buffer.concat([VERSION_2, signatureAlgorithm, subjectDer, time(thisUpdate), time(nextUpdate)]);
  const list = Buffer.concat(entries);
  const listHeader = list.length === 0 ? Buffer.alloc(0) : tlvHeader(TAG.sequence, list.length);
  const tail = extensionsOf(content, keyId);
  const length = head.length + listHeader.length + list.length + tail.length;
  const tbs = Buffer.concat([tlvHeader(TAG.sequence, length), head, listHeader, list, tail]);
  const digest = keyPair.owner.startDigest();
  for (let at = 0; at < tbs.length; at += SLICE_BYTES) {
    digest.update(tbs.subarray(at, at + SLICE_BYTES));
    if (at + SLICE_BYTES < tbs.length) await pause();
  }
  return sequence(tbs, signatureAlgorithm, bitString(keyPair.signDigest(digest.digest())));
}
