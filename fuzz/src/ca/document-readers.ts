import { randomBytes } from 'node:crypto';
import {
  canonicalXml,
  cosignCms,
  envelopeCms,
  readXml,
  signCms,
  signPdf,
  signXml,
  verifyCmsSigners,
  verifyPdf,
  verifyXml,
  xmlChild,
  type KeyPair,
} from '@poligon/pki';
import { silent, type Reader } from './reader.js';

const XML = Buffer.from(
  '<d:Приказ xmlns:d="urn:d" a="1"><!--x--><Пункт>Принять &amp; <![CDATA[<x>]]></Пункт></d:Приказ>',
);
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
/** So much of a damaged PDF is worth looking at. */
const MAX_PDF_BYTES = 200_000;

/** One page with a table of cross-references. */
function pdf(): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R >>',
  ];
  let [text, table] = ['%PDF-1.4\n', '0000000000 65535 f \n'];
  for (const [index, object] of objects.entries()) {
    table += `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  return Buffer.from(
    `${text}xref\n0 4\n${table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
  );
}

/** The document of a signed one, canonical. */
function documentOf(bytes: Buffer): string {
  const root = readXml(bytes.toString('utf8'));
  return canonicalXml(root, xmlChild(root, 'Signature', DSIG));
}

/** Documents that are signed, co-signed or encrypted: XML, PDF and CMS. */
export function documentReaders(keyPair: KeyPair, certificate: Buffer, at: Date): readonly Reader[] {
  const sign = (covered: Buffer): Buffer => signCms({ keyPair, certificate, content: covered, signingTime: at });
  const signed = signXml({ keyPair, certificate, content: XML });
  const own = documentOf(signed);
  const [plainPdf, content] = [pdf(), Buffer.from('Договор')];
  const attached = signCms({ keyPair, certificate, content, signingTime: at, detached: false });
  const both = cosignCms({ keyPair, certificate, cms: attached, signingTime: at });
  return [
    {
      name: 'xml',
      captures: [XML, signed],
      read: (bytes) => {
        const once = canonicalXml(readXml(bytes.toString('utf8')));
        return canonicalXml(readXml(once)) === once ? undefined : 'its canonical form has another one';
      },
    },
    {
      name: 'xml signature',
      captures: [signed],
      read: (bytes) =>
        verifyXml(bytes).valid && documentOf(bytes) !== own
          ? 'a signature of another document was accepted'
          : undefined,
    },
    { name: 'xml to sign', captures: [XML], read: silent((content) => signXml({ keyPair, certificate, content })) },
    {
      name: 'pdf',
      captures: [plainPdf, signPdf({ content: plainPdf, signingTime: at, sign })],
      read: (bytes) => {
        verifyPdf(bytes);
        if (bytes.length <= MAX_PDF_BYTES) signPdf({ content: bytes, signingTime: at, sign });
        return undefined;
      },
    },
    {
      name: 'co-signature',
      captures: [attached, both],
      read: (bytes) => {
        const added = cosignCms({ keyPair, certificate, cms: bytes, signingTime: at });
        return verifyCmsSigners(added, undefined).some(({ valid }) => valid)
          ? undefined
          : 'its own signature does not hold';
      },
    },
    {
      name: 'recipient',
      captures: [certificate],
      read: silent((recipient) => envelopeCms({ content, recipients: [recipient], randomBytes })),
    },
  ];
}
