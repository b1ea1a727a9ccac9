import fc from 'fast-check';
import { der, OID, PkiError, signatureSuite } from './index.js';
import { attribute, CertificateAuthority, crlEntry, crlReasonNumber, signCrl } from './index.js';
import { OcspResponder, ocspFailure, parseOcspRequest } from './index.js';
import { parseTimestampRequest, TimestampAuthority, timestampRejection, signCms, verifyCms } from './index.js';

const at = new Date('2026-03-01T10:00:00Z');
const until = new Date('2027-03-01T10:00:00Z');
const suite = signatureSuite('ecdsa-p256');
const keyPair = suite.generateKeyPair();
const root = CertificateAuthority.createRoot({
  keyPair,
  subject: [attribute('CN', 'УЦ')],
  notBefore: at,
  notAfter: until,
});
const { octetString, oid, sequence, integer, context, tlv, NULL } = der;
const fails = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (failure) {
    if (failure instanceof PkiError) return failure.code;
    throw failure;
  }
};

const certId = (nameHash: Buffer): Buffer =>
  sequence(sequence(oid(OID.sha1), NULL), octetString(nameHash), octetString(Buffer.alloc(20)), integer(5));
const ocspRequest = (count: number): Buffer =>
  sequence(sequence(sequence(...Array.from({ length: count }, () => sequence(certId(Buffer.alloc(20)))))));
const imprint = sequence(sequence(oid(OID.sha256)), octetString(Buffer.alloc(32, 7)));

describe('OCSP', () => {
  it('reads ids and nonce', () => {
    const nonce = octetString(Buffer.from('0123456789'));
    const extension = sequence(oid(OID.ocspNonce), octetString(nonce));
    const request = sequence(
      sequence(sequence(sequence(certId(Buffer.alloc(20, 1)))), context(2, sequence(extension))),
    );
    expect(parseOcspRequest(request)).toMatchObject({ certIds: [{ serial: Buffer.from([5]) }], nonce });
  });

  it.each([
    ['no certificate', ocspRequest(0), 'malformed'],
    ['too many certificates', ocspRequest(101), 'limit-exceeded'],
    ['an empty body', Buffer.alloc(0), 'malformed'],
    ['an indefinite length', Buffer.from('3080308000000000', 'hex'), 'malformed'],
  ])('refuses %s', (_name, request, code) => {
    expect(fails(() => parseOcspRequest(request))).toBe(code);
  });

  it('knows another authority by its hashes, and a hash it does not know', () => {
    const responder = new OcspResponder({
      keyPair,
      certificate: root.certificate,
      issuerCertificate: root.certificate,
    });
    const [id] = parseOcspRequest(ocspRequest(1)).certIds;
    expect(responder.isOwn(id!)).toBe(false);
    expect(responder.isOwn({ ...id!, hashAlgorithm: '1.2.3' })).toBe(false);
  });

  it('answers a failure in five bytes', () => {
    expect(ocspFailure('tryLater').toString('hex')).toBe('30030a0103');
  });
});

describe('a revocation list', () => {
  it('takes 27 bytes per entry with eight-byte serials, and pauses while it is hashed', async () => {
    const serial = Buffer.from('7f11223344556677', 'hex');
    expect(crlEntry(serial, at)).toHaveLength(27);
    const entries = Array.from({ length: 10_000 }, () => crlEntry(serial, at));
    let pauses = 0;
    const content = { number: 1, thisUpdate: at, nextUpdate: until, entries };
    const crl = await signCrl(root, content, async () => void pauses++);
    expect(crl.length).toBeGreaterThan(270_000);
    expect(pauses).toBe(2);
  });

  it.each([
    ['keyCompromise', 1],
    ['5', 5],
    ['7', 0],
    ['увольнение', 0],
    ['toString', 0],
  ])('takes reason "%s" for number %i', (given, number) => {
    expect(crlReasonNumber(given)).toBe(number);
  });
});

describe('time-stamping', () => {
  const authority = new TimestampAuthority({ keyPair, certificate: root.certificate, policy: '1.2.643.2.2.38.4' });

  it.each([
    ['nothing', sequence(integer(1), imprint), undefined],
    ['the policy', sequence(integer(1), imprint, oid('1.2.3')), 'unacceptedPolicy'],
    ['the digest', sequence(integer(1), sequence(sequence(oid(OID.sha1)), octetString(Buffer.alloc(20)))), 'badAlg'],
    ['its length', sequence(integer(1), sequence(sequence(oid(OID.sha256)), octetString(NULL))), 'badDataFormat'],
    ['extensions', sequence(integer(1), imprint, tlv(0xa0)), 'unacceptedExtension'],
  ])('objects to %s', (_name, request, failure) => {
    expect(authority.objection(parseTimestampRequest(request))).toBe(failure);
  });

  it('writes a failure as a named bit', () => {
    expect(timestampRejection('timeNotAvailable', 'x').toString('hex')).toMatch(
      /030301?0002$|03030100 ?02$|0303010002$/,
    );
  });

  it('makes CAdES-T whose token is checked with the signature', () => {
    const content = Buffer.from('Приказ');
    const moment = { genTime: at, serial: Buffer.from([9]) };
    const options = { keyPair, certificate: root.certificate, content, signingTime: at };
    const cms = signCms({ ...options, timestamp: (value) => authority.tokenOver(value, moment) });
    const trust = { trusted: [root.certificate] };
    expect(verifyCms(cms, content, trust)).toMatchObject({ valid: true, timestamp: { genTime: at, serialHex: '09' } });
    const other = signCms({ ...options, timestamp: () => authority.tokenOver(Buffer.from('other'), moment) });
    expect(verifyCms(other, content, trust)).toMatchObject({
      valid: false,
      reason: 'the time-stamp is of another signature',
    });
  });
});

describe('hostile requests', () => {
  it('are refused with a PkiError, whatever the bytes', () => {
    const seeds = [ocspRequest(2), sequence(integer(1), imprint, integer(77), der.TRUE)];
    const mutated = fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(255), fc.nat(3));
    const read = [parseOcspRequest, parseTimestampRequest];
    fc.assert(
      fc.property(mutated, ([seed, place, byte, cut]) => {
        const bytes = Buffer.from(seed.subarray(0, seed.length - cut));
        bytes[place % bytes.length] = byte;
        for (const parse of read)
          expect([undefined, 'malformed', 'limit-exceeded']).toContain(fails(() => parse(bytes)));
      }),
      { numRuns: 2000 },
    );
  });
});
