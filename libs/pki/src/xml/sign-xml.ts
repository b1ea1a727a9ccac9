import type { KeyPair } from '../suites/signature-suite.js';
import { canonicalXml, EXCLUSIVE_C14N } from './canonical-xml.js';
import { rawFromDer } from './ecdsa-value.js';
import { readXml } from './read-xml.js';
import { DSIG, ENVELOPED, XML_ALGORITHMS } from './xml-signature-algorithms.js';

export interface SignXmlOptions {
  readonly keyPair: KeyPair;
  /** The signer's certificate, DER; goes into KeyInfo. */
  readonly certificate: Buffer;
  /** A document in UTF-8. */
  readonly content: Buffer;
}

/** In canonical form already, so that what is signed and what is written are the same bytes. */
function signedInfo(keyPair: KeyPair, digest: Buffer): string {
  const algorithms = XML_ALGORITHMS[keyPair.suite];
  const method = (name: string, algorithm: string): string => `<${name} Algorithm="${algorithm}"></${name}>`;
  const transforms = method('Transform', ENVELOPED) + method('Transform', EXCLUSIVE_C14N);
  return (
    `<SignedInfo xmlns="${DSIG}">${method('CanonicalizationMethod', EXCLUSIVE_C14N)}` +
    `${method('SignatureMethod', algorithms.signature)}<Reference URI=""><Transforms>${transforms}</Transforms>` +
    `${method('DigestMethod', algorithms.digest)}<DigestValue>${digest.toString('base64')}</DigestValue></Reference></SignedInfo>`
  );
}

/**
 * Enveloped XML signature (XMLDSig 1.1): the document as it was, with a Signature as the last member of its root element.
 * GOST values are s||r, those of ECDSA r||s.
 * @throws PkiError `malformed`, `limit-exceeded` for a document that cannot be read
 */
export function signXml({ keyPair, certificate, content }: SignXmlOptions): Buffer {
  const text = content.toString('utf8').replace(/\r\n?/g, '\n');
  const root = readXml(text);
  const info = signedInfo(keyPair, keyPair.owner.digest(Buffer.from(canonicalXml(root))));
  const made = keyPair.sign(Buffer.from(info));
  const value = keyPair.suite === 'ecdsa-p256' ? rawFromDer(made) : made;
  const key = `<KeyInfo><X509Data><X509Certificate>${certificate.toString('base64')}</X509Certificate></X509Data></KeyInfo>`;
  const signature = `<Signature xmlns="${DSIG}">${info}<SignatureValue>${value.toString('base64')}</SignatureValue>${key}</Signature>`;
  return Buffer.from(text.slice(0, root.closing) + inRoot(text, root.closing, signature));
}

/** The rest of the document from the closing tag of its root on, after the signature; an empty root is opened for it. */
function inRoot(text: string, closing: number, signature: string): string {
  const rest = text.slice(closing);
  if (!rest.startsWith('/>')) return signature + rest;
  const start = text.lastIndexOf('<', closing);
  const name = /^<([^\s/>]+)/.exec(text.slice(start))![1];
  return `>${signature}</${name}>${rest.slice(2)}`;
}
