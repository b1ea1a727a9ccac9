import fc from 'fast-check';
import {
  attribute,
  CertificateAuthority,
  createCertRequest,
  createCsr,
  der,
  directoryName,
  encodeCmpMessage,
  encodeName,
  fromPem,
  parseCertConfirmations,
  parseCertificate,
  parseCertRequests,
  parseCmpMessage,
  parseCsr,
  parsePasswordMac,
  parseRevocationDetails,
  passwordProtector,
  pem,
  PkiError,
  signatureSuite,
  signCms,
  verifyCms,
} from './index.js';
import { parseCms } from './cms/parse-cms.js';

const suite = signatureSuite('gost2012-256', { backend: 'pure-js' });
const keyPair = suite.generateKeyPair();
const times = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-01-01T00:00:00Z') };
const subject = [attribute('CN', 'Проверка'), attribute('C', 'RU')];
const { certificate } = CertificateAuthority.createRoot({ keyPair, subject, ...times });
const csr = createCsr(keyPair, subject);
const content = Buffer.from('document');
const cms = signCms({ keyPair, certificate, content, signingTime: times.notBefore });
const attached = signCms({ keyPair, certificate, content, signingTime: times.notBefore, detached: false });

const name = directoryName(encodeName(subject));
const mac = { salt: content, iterations: 2, owf: '2.16.840.1.101.3.4.2.1', mac: '1.2.840.113549.2.9' };
const protector = passwordProtector(content, content, mac);
const cmp = encodeCmpMessage({
  ...{ version: 2, sender: name, recipient: name, transactionId: content, protector },
  ...{ body: 'ir', content: createCertRequest(keyPair, subject), extraCertificates: [certificate] },
});

/** A message of any kind as the authority meets it: every body reader gets a try. */
function readCmp(bytes: Buffer): void {
  const { body, protection } = parseCmpMessage(bytes);
  const readers = [parseCertRequests, parseRevocationDetails, parseCertConfirmations];
  for (const read of readers) survives(() => read(body), bytes);
  if (protection) parsePasswordMac(protection.parameters);
}

const PARSERS: [string, (bytes: Buffer) => unknown, Buffer][] = [
  ['parseCertificate', parseCertificate, certificate],
  ['parseCsr', parseCsr, csr],
  ['parseCmpMessage', readCmp, cmp],
  ['parseCms', parseCms, cms],
  ['parseCms, attached', parseCms, attached],
  ['verifyCms', (bytes) => verifyCms(bytes, content, { trusted: [certificate] }), cms],
  ['suite.verify', (bytes) => suite.verify(bytes, content, Buffer.alloc(64, 1)), keyPair.spki],
  ['fromPem', (bytes) => fromPem(bytes.toString('latin1')), Buffer.from(pem(certificate, 'CERTIFICATE'))],
  ['keyPairFromPem', (bytes) => suite.keyPairFromPem(pem(bytes, 'PRIVATE KEY')), fromPem(keyPair.privateKeyPem)],
];

/** Passes results and the documented error; anything else fails the property. */
function survives(parse: (bytes: Buffer) => unknown, bytes: Buffer): void {
  try {
    parse(bytes);
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
  }
}

interface Edit {
  at: number;
  value: number;
}

const edits = fc.array(fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) }), {
  minLength: 1,
  maxLength: 4,
});

function mutate(sample: Buffer, list: readonly Edit[], cut: number): Buffer {
  const copy = Buffer.from(sample);
  for (const { at, value } of list) copy[at % copy.length] = value;
  return cut % 3 === 0 ? copy.subarray(0, cut % copy.length) : copy;
}

describe.each(PARSERS)('%s', (_name, parse, sample) => {
  it('answers random bytes with a result or a PkiError', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => survives(parse, Buffer.from(bytes))));
  });

  it('answers a damaged document with a result or a PkiError', () => {
    fc.assert(
      fc.property(edits, fc.nat(), (list, cut) => survives(parse, mutate(sample, list, cut))),
      { numRuns: 250 },
    );
  });

  it('answers every truncation with a result or a PkiError', () => {
    for (let length = 0; length < sample.length; length += 3) survives(parse, sample.subarray(0, length));
  });
});

const nest = (tag: number, levels: number): Buffer => {
  let bytes: Buffer = Buffer.alloc(0);
  for (let level = 0; level < levels; level++) bytes = der.tlv(tag, bytes);
  return bytes;
};
const indefinite = Buffer.from('3080'.repeat(200_000), 'hex');
const wide = der.tlv(0x30, Buffer.from('0500'.repeat(100_000), 'hex'));
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return error instanceof PkiError ? error.code : String(error);
  }
  return 'accepted';
};

describe('limits', () => {
  it.each([
    ['a bomb of nested sequences', nest(0x30, 3000), 'limit-exceeded'],
    ['a bomb of nested octet strings', nest(0x24, 3000), 'limit-exceeded'],
    ['endless indefinite lengths', indefinite, 'limit-exceeded'],
    ['too many values', wide, 'limit-exceeded'],
    ['a document of 33 MiB', Buffer.alloc(33 * 1024 * 1024), 'limit-exceeded'],
    ['a length beyond the document', Buffer.from('3084ffffffff', 'hex'), 'malformed'],
    ['bytes after the document', Buffer.concat([cms, Buffer.from([0])]), 'malformed'],
    ['nothing', Buffer.alloc(0), 'malformed'],
  ])('refuse %s as a CMS', (_name, bytes, code) => {
    expect(codeOf(() => parseCms(bytes))).toBe(code);
    expect(verifyCms(bytes, content)).toMatchObject({ valid: false, reason: expect.any(String) });
  });

  it.each([
    ['an oversized request', der.tlv(0x30, Buffer.alloc(70_000)), 'limit-exceeded'],
    ['a non-minimal length', Buffer.from('308103020100', 'hex'), 'malformed'],
    ['an indefinite length', Buffer.from('30800000', 'hex'), 'malformed'],
    ['a certificate', certificate, 'malformed'],
  ])('refuse %s as a PKCS#10 request', (_name, bytes, code) => {
    expect(codeOf(() => parseCsr(bytes))).toBe(code);
  });

  it('refuse a request with a stolen key: the proof is not valid', () => {
    const other = suite.generateKeyPair();
    const thief = { ...keyPair, spki: other.spki };
    expect(parseCsr(createCsr(thief, subject)).isProofValid).toBe(false);
  });
});
