import { createHash } from 'node:crypto';
import { PkiError } from '../pki.errors.js';
import { defaultSuite, NODE_DIGESTS, verifyWithNode } from '../suites/registry.js';
import { verifyCertificateChain } from '../x509/chain.js';
import { OID } from '../x509/oids.js';
import { parseCertificate } from '../x509/parse-certificate.js';
import type { ParsedCertificate } from '../x509/parse-certificate.js';
import { parseTimestampInfo } from '../tsp/timestamp-info.js';
import { parseCms, parseCmsSigners } from './parse-cms.js';
import type { ParsedCms, SignedAttributes } from './parse-cms.js';

/** The document, or its digest when only that is known; undefined when an attached document is enough. */
export type CmsContent = Buffer | { digest: Buffer } | undefined;

export interface VerifyCmsOptions {
  /** Roots (DER). When given, the signer's certificate must lead to one of them. */
  trusted?: readonly Buffer[];
  /** Certificates the signature does not carry: the signer's own or intermediates. */
  certificates?: readonly Buffer[];
  /** Moment at which certificates must be valid. Default: the signing time; required with `trusted` when there is none. */
  at?: Date;
}

/** The answer about one signature; `reason` says in words why it is not valid. */
export interface CmsVerdict {
  valid: boolean;
  reason?: string;
  signerCertificate?: Buffer;
  signingTime?: Date;
  /** The document, when the signature carries it. */
  attachedContent?: Buffer;
  /** True when signingCertificate(V2) is present and matches: CAdES-BES. */
  isCadesBes?: boolean;
  /** The time-stamp of CAdES-T; a wrong one makes the whole signature invalid. */
  timestamp?: { genTime: Date; serialHex: string };
}

const HASH_NAMES: Record<string, string> = {
  [OID.sha1]: 'sha1',
  [OID.sha256]: 'sha256',
  [OID.sha384]: 'sha384',
  [OID.sha512]: 'sha512',
};

const RSA_OIDS = /^1\.2\.840\.113549\.1\.1\./;
/** Suite by key or signature OID: both are met in SignerInfo. */
const GOST_SUITES: Readonly<Record<string, 'gost2012-256' | 'gost2012-512' | undefined>> = {
  [OID.gost2012Key256]: 'gost2012-256',
  [OID.gost2012Signature256]: 'gost2012-256',
  [OID.gost2012Key512]: 'gost2012-512',
  [OID.gost2012Signature512]: 'gost2012-512',
};
const GOST_DIGESTS = { 'gost2012-256': OID.streebog256, 'gost2012-512': OID.streebog512 };
const ECDSA_OIDS = /^1\.2\.840\.10045\.(2\.1|4\.3\.[2-4])$/;

/** Why a signature is refused; never leaves this file. */
class Refusal extends Error {}

function hash(algorithm: string, data: Buffer): Buffer {
  if (algorithm === OID.streebog256) return defaultSuite('gost2012-256').digest(data);
  if (algorithm === OID.streebog512) return defaultSuite('gost2012-512').digest(data);
  const name = HASH_NAMES[algorithm];
  if (!name) throw new Refusal(`unknown digest algorithm ${algorithm}`);
  return createHash(name).update(data).digest();
}

const isNamedBy =
  ({ algorithm, hash: expected }: NonNullable<SignedAttributes['certificateHash']>) =>
  ({ der }: ParsedCertificate): boolean =>
    hash(algorithm, der).equals(expected);

function findSigner(cms: ParsedCms, extra: readonly Buffer[]): ParsedCertificate {
  const candidates = [...cms.certificates, ...extra.map(parseCertificate)].filter((each) => cms.isSigner(each));
  if (candidates.length === 0) throw new Refusal('the signer certificate is not present');
  const { certificateHash } = cms.signed ?? {};
  // Two certificates may bear one issuer and number; the signature may say which of them is meant (RFC 5035 3).
  const named = candidates.length > 1 && certificateHash ? candidates.find(isNamedBy(certificateHash)) : undefined;
  return named ?? candidates[0]!;
}

function checkSignature(cms: ParsedCms, signer: ParsedCertificate, data: Buffer): boolean {
  const { signatureAlgorithm, digestAlgorithm, signature } = cms;
  const { spki, suite } = signer;
  const gost = GOST_SUITES[signatureAlgorithm];
  if (gost) {
    if (digestAlgorithm !== GOST_DIGESTS[gost]) throw new Refusal('GOST signature with a foreign digest');
    return suite === gost && defaultSuite(gost).verify(spki, data, signature);
  }
  if (!RSA_OIDS.test(signatureAlgorithm) && !ECDSA_OIDS.test(signatureAlgorithm)) {
    throw new Refusal(`unknown signature algorithm ${signatureAlgorithm}`);
  }
  const name = NODE_DIGESTS[signatureAlgorithm] ?? HASH_NAMES[digestAlgorithm];
  if (!name) throw new Refusal(`unknown digest algorithm ${digestAlgorithm}`);
  return verifyWithNode(name, { algorithm: signatureAlgorithm, spki, data, signature });
}

/** Without signed attributes the signature covers the document itself, so its digest is enough for our own suites. */
function checkBareSignature(
  cms: ParsedCms,
  signer: ParsedCertificate,
  content: Exclude<CmsContent, undefined>,
): boolean {
  if (Buffer.isBuffer(content)) return checkSignature(cms, signer, content);
  if (!signer.suite) throw new Refusal('the signer key is of an unsupported kind');
  return defaultSuite(signer.suite).verifyDigest(signer.spki, content.digest, cms.signature);
}

/** @returns whether the signature names its certificate (CAdES-BES) */
function checkAttributes(cms: ParsedCms, signer: ParsedCertificate, content: Exclude<CmsContent, undefined>): boolean {
  const { messageDigest, contentType, certificateHash } = cms.signed ?? {};
  if (!messageDigest) throw new Refusal('signed attributes have no message digest');
  if (contentType !== cms.contentType) throw new Refusal('signed content type differs from the content');
  const digest = Buffer.isBuffer(content) ? hash(cms.digestAlgorithm, content) : content.digest;
  if (!digest.equals(messageDigest)) throw new Refusal('the document is not the one that was signed');
  if (!certificateHash) return false;
  if (!isNamedBy(certificateHash)(signer)) {
    throw new Refusal('signing certificate attribute names another certificate');
  }
  return true;
}

function checkTrust(cms: ParsedCms, signer: ParsedCertificate, options: VerifyCmsOptions): void {
  const { trusted, certificates = [], at = cms.signed?.signingTime } = options;
  if (!trusted) return;
  if (!at) throw new Refusal('no moment to check certificates at: the signature has no signing time');
  const intermediates = [...cms.certificates.map(({ der }) => der), ...certificates];
  const { isTrusted, reason } = verifyCertificateChain(signer.der, { trusted, intermediates, at });
  if (!isTrusted) throw new Refusal(reason);
}

/** The token must be a good signature of the authority's, and about this very signature value (RFC 5126 6.1.1). */
function checkTimestamp(cms: ParsedCms, token: Buffer, options: VerifyCmsOptions): CmsVerdict['timestamp'] {
  const { attachedContent } = parseCms(token);
  if (!attachedContent) throw new Refusal('the time-stamp is empty');
  const { imprint, genTime, serialHex } = parseTimestampInfo(attachedContent);
  if (!hash(imprint.algorithm, cms.signature).equals(imprint.digest)) {
    throw new Refusal('the time-stamp is of another signature');
  }
  const { valid, reason } = verifyCms(token, undefined, { ...options, at: options.at ?? genTime });
  if (!valid) throw new Refusal(`time-stamp: ${reason}`);
  return { genTime, serialHex };
}

function contentOf(cms: ParsedCms, given: CmsContent): Exclude<CmsContent, undefined> {
  const { attachedContent } = cms;
  if (given === undefined) {
    if (!attachedContent) throw new Refusal('the document is neither given nor attached');
    return attachedContent;
  }
  if (Buffer.isBuffer(given) && attachedContent && !attachedContent.equals(given)) {
    throw new Refusal('the attached document differs from the given one');
  }
  return attachedContent && Buffer.isBuffer(given) ? attachedContent : given;
}

function judge(cms: ParsedCms, given: CmsContent, options: VerifyCmsOptions): CmsVerdict {
  const verdict: CmsVerdict = {
    valid: false,
    signingTime: cms.signed?.signingTime,
    attachedContent: cms.attachedContent,
  };
  try {
    const signer = findSigner(cms, options.certificates ?? []);
    verdict.signerCertificate = signer.der;
    const content = contentOf(cms, given);
    if (cms.signed) verdict.isCadesBes = checkAttributes(cms, signer, content);
    const isIntact = cms.signed
      ? checkSignature(cms, signer, cms.signed.der)
      : checkBareSignature(cms, signer, content);
    if (!isIntact) throw new Refusal('the signature does not match');
    if (cms.timestampToken) verdict.timestamp = checkTimestamp(cms, cms.timestampToken, options);
    checkTrust(cms, signer, options);
    return { ...verdict, valid: true };
  } catch (error) {
    if (error instanceof Refusal || error instanceof PkiError) return { ...verdict, reason: error.message };
    throw error;
  }
}

/**
 * Checks every signature of a CMS SignedData: message digest, signing certificate, signature, and the way to a trusted root
 * when roots are given. Accepts what clients send: detached or attached, with or without signed attributes, DER or BER,
 * GOST, RSA (SHA-1 too) and ECDSA. Never throws for any bytes: the verdicts have the reasons; one of them, for what is no CMS.
 */
export function verifyCmsSigners(cms: Buffer, content: CmsContent, options: VerifyCmsOptions = {}): CmsVerdict[] {
  let parsed: ParsedCms[];
  try {
    parsed = parseCmsSigners(cms);
  } catch (error) {
    if (error instanceof PkiError) return [{ valid: false, reason: error.message }];
    throw error;
  }
  return parsed.map((signer) => judge(signer, content, options));
}

/** Checks the first signature of a CMS SignedData, as `verifyCmsSigners`. */
export function verifyCms(cms: Buffer, content: CmsContent, options: VerifyCmsOptions = {}): CmsVerdict {
  let parsed: ParsedCms;
  try {
    parsed = parseCms(cms);
  } catch (error) {
    if (error instanceof PkiError) return { valid: false, reason: error.message };
    throw error;
  }
  return judge(parsed, content, options);
}
