import {
  attribute,
  CertificateAuthority,
  createCertRequest,
  createCsr,
  der,
  directoryName,
  encodeCmpMessage,
  encodeName,
  OID,
  OcspResponder,
  parseCertConfirmations,
  parseCertificate,
  parseCertRequests,
  parseCmpMessage,
  parseCsr,
  parseGeneralMessage,
  parseOcspRequest,
  parsePasswordMac,
  parsePollRequest,
  parseRevocationDetails,
  parseTimestampRequest,
  passwordProtector,
  peekCmpBody,
  PkiError,
  signatureSuite,
  type KeyPair,
  signatureProtector,
  signCms,
  verifyCms,
} from '@poligon/pki';
import { ProtocolError } from '@poligon/emulator-kit';
import fc from 'fast-check';
import type { FuzzTarget } from '../fuzz-target.js';
import { mutated } from '../mutation.js';
import { documentReaders } from './document-readers.js';
import { doorReaders } from './door-readers.js';
import { silent, type Reader } from './reader.js';

const { integer, NULL, octetString, oid, sequence } = der;
const AT = new Date(Date.UTC(2026, 0, 15));
const UNTIL = new Date(Date.UTC(2027, 0, 15));
const DOCUMENT = Buffer.from('Приказ о приёме на работу');

/** Shapes no mutation of an honest message reaches: depth, endless lengths, lengths beyond the end. */
const BOMBS = [
  Buffer.from('30'.repeat(3000), 'hex'),
  Buffer.from('3080'.repeat(1500), 'hex'),
  Buffer.from('3084ffffffff', 'hex'),
  Buffer.from('30820fff' + '0500'.repeat(2047), 'hex'),
];

const CMP_BODIES = [
  ...[parseCertRequests, parseCertConfirmations, parseRevocationDetails],
  ...[parsePollRequest, parseGeneralMessage],
] as const;
const CHEAP_MAC = { salt: DOCUMENT, iterations: 2, owf: '2.16.840.1.101.3.4.2.1', mac: '1.2.840.113549.2.9' };

/** A CMP message as the authority meets it, every reader of a body having a try; the first failure that is no refusal counts. */
function readCmp(bytes: Buffer): string | undefined {
  peekCmpBody(bytes);
  const { body, protection } = parseCmpMessage(bytes);
  for (const read of CMP_BODIES) ignoringRefusals(() => read(body));
  if (protection !== undefined) parsePasswordMac(protection.parameters);
  return undefined;
}

function ignoringRefusals(act: () => unknown): void {
  try {
    act();
  } catch (failure) {
    if (!(failure instanceof PkiError)) throw failure;
  }
}

/** Honest CMP messages of every kind. */
function cmpCaptures(keyPair: KeyPair, certificate: Buffer): Buffer[] {
  const nobody = directoryName(encodeName([]));
  const header = { version: 2, sender: nobody, recipient: nobody, transactionId: DOCUMENT, senderNonce: DOCUMENT };
  const subject = [attribute('CN', 'Иванов')];
  const template = sequence(der.contextPrimitive(1, Buffer.from([5])), der.context(3, encodeName(subject)));
  const reason = sequence(sequence(oid(OID.crlReason), octetString(der.enumerated(1))));
  const mac = passwordProtector(DOCUMENT, DOCUMENT, CHEAP_MAC);
  const messages = [
    { body: 'ir', content: createCertRequest(keyPair, subject), protector: mac },
    { body: 'kur', content: createCertRequest(keyPair, subject), protector: signatureProtector(keyPair, DOCUMENT) },
    { body: 'p10cr', content: createCsr(keyPair, subject), protector: mac },
    { body: 'rr', content: sequence(sequence(template, reason)), protector: mac },
    { body: 'certConf', content: sequence(sequence(octetString(DOCUMENT), integer(0))), protector: mac },
    { body: 'pollReq', content: sequence(sequence(integer(0))), protector: mac },
    { body: 'genm', content: sequence(sequence(oid(OID.cmpImplicitConfirm), NULL)), protector: mac },
  ] as const;
  return messages.map((message) => encodeCmpMessage({ ...header, ...message, extraCertificates: [certificate] }));
}

function readers(): readonly Reader[] {
  const keyPair = signatureSuite('ecdsa-p256').generateKeyPair();
  const gost = signatureSuite('gost2012-256').generateKeyPair();
  const subject = [attribute('CN', 'Иванов'), attribute('SNILS', '11223344595')];
  const root = CertificateAuthority.createRoot({ keyPair, subject, notBefore: AT, notAfter: UNTIL });
  const leaf = root.issue({ subject, spki: gost.spki, notBefore: AT, notAfter: UNTIL }).der;
  const cms = signCms({ keyPair, certificate: root.certificate, content: DOCUMENT, signingTime: AT });
  const hash = sequence(oid(OID.sha1), NULL);
  const certId = sequence(hash, octetString(Buffer.alloc(20)), octetString(Buffer.alloc(20)), integer(5));
  const ocsp = sequence(sequence(sequence(sequence(certId))));
  const imprint = sequence(sequence(oid(OID.sha256)), octetString(Buffer.alloc(32)));
  const responder = new OcspResponder({ keyPair, certificate: root.certificate, issuerCertificate: root.certificate });
  return [
    { name: 'csr', captures: [createCsr(keyPair, subject), createCsr(gost, subject)], read: silent(parseCsr) },
    { name: 'certificate', captures: [root.certificate, leaf], read: silent(parseCertificate) },
    {
      name: 'ocsp',
      captures: [ocsp],
      read: silent((bytes) => parseOcspRequest(bytes).certIds.map((id) => responder.isOwn(id))),
    },
    { name: 'cmp', captures: cmpCaptures(keyPair, root.certificate), read: readCmp },
    ...documentReaders(keyPair, root.certificate, AT),
    ...doorReaders(keyPair, root.certificate, subject),
    { name: 'tsp', captures: [sequence(integer(1), imprint, integer(7))], read: silent(parseTimestampRequest) },
    {
      name: 'cms',
      captures: [cms],
      read: (bytes) => {
        const { valid } = verifyCms(bytes, Buffer.concat([DOCUMENT, DOCUMENT]));
        return valid ? 'a signature of another document was accepted' : undefined;
      },
    },
  ];
}

function judge({ name, read }: Reader, bytes: Buffer): string[] {
  try {
    const broken = read(bytes);
    return broken === undefined ? [] : [`${name}: ${broken}: ${bytes.toString('hex', 0, 100)}`];
  } catch (failure) {
    if (failure instanceof PkiError || failure instanceof ProtocolError) return [];
    return [`${name}: ${String(failure)}: ${bytes.toString('hex', 0, 100)}`];
  }
}

/** What strangers send to the authority, as its readers meet it: requests, certificates, signatures. */
export const caTarget: FuzzTarget = {
  name: 'ca',
  about:
    'certificate requests, certificates, CMP, OCSP and time-stamp requests, signatures, XML, PDF, SOAP, sign server',
  async open() {
    const all = readers();
    const cases = fc.oneof(
      ...all.map((reader) =>
        fc
          .oneof({ arbitrary: mutated(reader.captures), weight: 20 }, fc.constantFrom(...BOMBS))
          .map((bytes) => [reader, bytes] as const),
      ),
    );
    return {
      run: async (count, seed) =>
        fc.sample(cases, { numRuns: count, seed }).flatMap(([reader, bytes]) => judge(reader, bytes)),
      probe: async () => all.flatMap((reader) => reader.captures.flatMap((capture) => judge(reader, capture))),
      close: async () => undefined,
    };
  },
};
