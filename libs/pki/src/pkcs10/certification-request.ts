import { bitString, context, integer, sequence, TAG } from '../der/der-writer.js';
import { PkiError } from '../pki.errors.js';
import { suiteOfSpki, verifySignature } from '../suites/registry.js';
import type { KeyPair, SuiteId } from '../suites/signature-suite.js';
import { encodeName, parseName } from '../x509/names.js';
import type { SubjectAttribute } from '../x509/names.js';
import { OID } from '../x509/oids.js';
import { openSigned } from '../x509/parse-certificate.js';
import { parseExtensions } from '../x509/parse-extensions.js';
import type { ParsedExtensions } from '../x509/parse-extensions.js';
import type { DerNode } from '../der/der-reader.js';

/** A PKCS#10 request (RFC 2986) as it stands; nothing in it is believed until `isProofValid`. */
export interface ParsedCsr {
  /** In encoding order; a multi-valued RDN is split. */
  subject: SubjectAttribute[];
  subjectDer: Buffer;
  spki: Buffer;
  suite: SuiteId;
  /** The signature proves possession of the private key. */
  isProofValid: boolean;
  /** Extensions asked for. */
  requested: ParsedExtensions;
}

const VERSION_1 = integer(0);

/** Request signed by the key it is for, DER, without attributes. */
export function createCsr(keyPair: KeyPair, subject: readonly SubjectAttribute[]): Buffer {
  const info = sequence(VERSION_1, encodeName(subject), keyPair.spki, context(0));
  return sequence(info, keyPair.owner.signatureAlgorithm, bitString(keyPair.sign(info)));
}

function requestedExtensions(attributes: DerNode | undefined): DerNode | undefined {
  for (const entry of attributes?.children(0xa0) ?? []) {
    const [id, values] = entry.children(TAG.sequence);
    if (id?.oid() === OID.extensionRequest) return values?.children(TAG.set)[0];
  }
  return undefined;
}

/**
 * Reads and checks a request.
 * @throws PkiError `malformed`, `limit-exceeded`; `unsupported-algorithm` for a key of another kind; `invalid-key` for one
 * that cannot be used. A wrong proof of possession is not an error: see `isProofValid`.
 */
export function parseCsr(der: Buffer): ParsedCsr {
  const { tbs, algorithm, signature } = openSigned(der);
  const [version, subject, spki, attributes] = tbs.children(TAG.sequence);
  if (!version || !subject || !spki) throw new PkiError('malformed', 'request lacks a required field');
  if (version.smallInteger() !== 0) throw new PkiError('malformed', 'request version must be 1');
  const suite = suiteOfSpki(spki.expect(TAG.sequence).der);
  if (!suite) throw new PkiError('unsupported-algorithm', 'request has a key of an unsupported kind');
  const attributeList = parseName(subject);
  const requested = parseExtensions(requestedExtensions(attributes));
  const isProofValid = verifySignature({ algorithm, spki: spki.der, data: tbs.der, signature });
  return { subject: attributeList, subjectDer: subject.der, spki: spki.der, suite, isProofValid, requested };
}
