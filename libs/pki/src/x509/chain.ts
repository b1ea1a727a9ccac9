import { verifySignature } from '../suites/registry.js';
import { parseCertificate } from './parse-certificate.js';
import type { ParsedCertificate } from './parse-certificate.js';

/** Why a chain is not good, or that it is. */
export interface ChainVerdict {
  isTrusted: boolean;
  reason?: string;
  /** Certificate first, trusted root last; as far as the search got. */
  path: Buffer[];
}

export interface ChainOptions {
  trusted: readonly Buffer[];
  intermediates?: readonly Buffer[];
  /** Moment at which every certificate must be valid. */
  at: Date;
}

const MAX_PATH = 8;

function isIssuedBy(child: ParsedCertificate, issuer: ParsedCertificate): boolean {
  if (!child.issuerDer.equals(issuer.subjectDer)) return false;
  const { authorityKeyId } = child;
  if (authorityKeyId && issuer.subjectKeyId && !authorityKeyId.equals(issuer.subjectKeyId)) return false;
  return verifySignature({
    algorithm: child.signatureAlgorithm,
    spki: issuer.spki,
    data: child.tbs,
    signature: child.signature,
  });
}

const isValidAt = (certificate: ParsedCertificate, at: Date): boolean =>
  certificate.notBefore <= at && at <= certificate.notAfter;

function issuerFault(issuer: ParsedCertificate, subordinates: number): string | undefined {
  if (!issuer.isAuthority) return 'issuer is not an authority';
  if (issuer.keyUsage && !issuer.keyUsage.includes('keyCertSign')) return 'issuer may not sign certificates';
  if (issuer.pathLength !== undefined && subordinates > issuer.pathLength)
    return 'path is longer than its issuer allows';
  return undefined;
}

/**
 * Walks from a certificate to a trusted root (RFC 5280 6.1 without policies and name constraints): names, signatures,
 * validity at `at`, basicConstraints, keyCertSign. A trusted certificate itself is accepted directly.
 * @throws PkiError when one of the certificates cannot be read.
 */
export function verifyCertificateChain(certificate: Buffer, options: ChainOptions): ChainVerdict {
  const anchors = options.trusted.map(parseCertificate);
  const between = (options.intermediates ?? []).map(parseCertificate);
  const path: ParsedCertificate[] = [];
  const verdict = (reason?: string): ChainVerdict => ({
    isTrusted: reason === undefined,
    reason,
    path: path.map(({ der }) => der),
  });
  for (let current = parseCertificate(certificate); path.length < MAX_PATH;) {
    path.push(current);
    if (!isValidAt(current, options.at)) return verdict('certificate is not valid at that time');
    if (anchors.some(({ der }) => der.equals(current.der))) return verdict();
    const child = current;
    const issuer = [...anchors, ...between].find((candidate) => isIssuedBy(child, candidate));
    if (!issuer || path.includes(issuer)) return verdict('no trusted issuer found');
    const fault = issuerFault(issuer, path.length - 1);
    if (fault) return verdict(fault);
    current = issuer;
  }
  return verdict('path is too long');
}
