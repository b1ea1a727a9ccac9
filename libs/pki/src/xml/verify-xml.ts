import { PkiError } from '../pki.errors.js';
import { defaultSuite } from '../suites/registry.js';
import type { SuiteId } from '../suites/signature-suite.js';
import { verifyCertificateChain } from '../x509/chain.js';
import { parseCertificate } from '../x509/parse-certificate.js';
import { canonicalXml, EXCLUSIVE_C14N } from './canonical-xml.js';
import { derFromRaw } from './ecdsa-value.js';
import { readXml } from './read-xml.js';
import { DSIG, ENVELOPED, XML_ALGORITHMS } from './xml-signature-algorithms.js';
import { xmlAttributeOf, xmlChild, xmlChildren, xmlContent, type XmlElement } from './xml-tree.js';

export interface VerifyXmlOptions {
  /** Roots (DER); when given, the signer's certificate must lead to one of them at `at`. */
  readonly trusted?: readonly Buffer[];
  readonly intermediates?: readonly Buffer[];
  readonly at?: Date;
}

/** The answer about the signature of a document; `reason` says in words why it is not valid. */
export interface XmlVerdict {
  valid: boolean;
  reason?: string;
  signerCertificate?: Buffer;
}

/** Why a signature is refused; never leaves this file. */
class Refusal extends Error {}

const SUITES = Object.keys(XML_ALGORITHMS) as SuiteId[];

function need(parent: XmlElement, local: string): XmlElement {
  const [found, second] = xmlChildren(parent, local, DSIG);
  if (found === undefined) throw new Refusal(`${local} is missing`);
  if (second !== undefined) throw new Refusal(`${local} is repeated`);
  return found;
}

const algorithmOf = (parent: XmlElement, local: string): string =>
  xmlAttributeOf(need(parent, local), 'Algorithm') ?? '';

function bytesOf(element: XmlElement): Buffer {
  const text = xmlContent(element).replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw new Refusal(`${element.local} is no base64`);
  return Buffer.from(text, 'base64');
}

/** Only the form `signXml` makes is known: one reference to the whole document. */
function checkReference(info: XmlElement, digest: string): XmlElement {
  if (algorithmOf(info, 'CanonicalizationMethod') !== EXCLUSIVE_C14N) throw new Refusal('unknown canonicalization');
  const reference = need(info, 'Reference');
  if (xmlAttributeOf(reference, 'URI') !== '') throw new Refusal('the reference is not to the whole document');
  const transforms = xmlChildren(need(reference, 'Transforms'), 'Transform', DSIG);
  const names = transforms.map((transform) => xmlAttributeOf(transform, 'Algorithm'));
  if (names.join(' ') !== `${ENVELOPED} ${EXCLUSIVE_C14N}`) throw new Refusal('unknown transforms');
  if (algorithmOf(reference, 'DigestMethod') !== digest) throw new Refusal('unknown digest algorithm');
  return reference;
}

function check(root: XmlElement, verdict: XmlVerdict, options: VerifyXmlOptions): void {
  const signature = xmlChild(root, 'Signature', DSIG);
  if (signature === undefined) throw new Refusal('the document is not signed');
  const info = need(signature, 'SignedInfo');
  const method = algorithmOf(info, 'SignatureMethod');
  const suite = SUITES.find((id) => XML_ALGORITHMS[id].signature === method);
  if (suite === undefined) throw new Refusal('unknown signature algorithm');
  const reference = checkReference(info, XML_ALGORITHMS[suite].digest);
  const der = bytesOf(need(need(need(signature, 'KeyInfo'), 'X509Data'), 'X509Certificate'));
  const signer = parseCertificate(der);
  verdict.signerCertificate = signer.der;
  const owner = defaultSuite(suite);
  const digest = owner.digest(Buffer.from(canonicalXml(root, signature)));
  if (!digest.equals(bytesOf(need(reference, 'DigestValue')))) {
    throw new Refusal('the document is not the one that was signed');
  }
  if (signer.suite !== suite) throw new Refusal('key and signature differ in kind');
  const raw = bytesOf(need(signature, 'SignatureValue'));
  const value = suite === 'ecdsa-p256' ? derFromRaw(raw) : raw;
  const isIntact = owner.verify(signer.spki, Buffer.from(canonicalXml(info)), value);
  if (!isIntact) throw new Refusal('the signature does not match');
  checkTrust(signer.der, options);
}

function checkTrust(certificate: Buffer, { trusted, intermediates = [], at }: VerifyXmlOptions): void {
  if (trusted === undefined || at === undefined) return;
  const { isTrusted, reason } = verifyCertificateChain(certificate, { trusted, intermediates, at });
  if (!isTrusted) throw new Refusal(reason);
}

/** Checks an enveloped signature of the kind `signXml` makes. Never throws for any bytes: the verdict has the reason. */
export function verifyXml(content: Buffer, options: VerifyXmlOptions = {}): XmlVerdict {
  const verdict: XmlVerdict = { valid: false };
  try {
    check(readXml(content.toString('utf8')), verdict, options);
    return { ...verdict, valid: true };
  } catch (failure) {
    if (failure instanceof Refusal || failure instanceof PkiError) return { ...verdict, reason: failure.message };
    throw failure;
  }
}
