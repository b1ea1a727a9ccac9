import { X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import { Certificate } from 'pkijs';
import { gostEngineStatus } from '../suites/gost-engine.js';
import { signatureSuite } from '../suites/registry.js';
import type { SignatureSuite } from '../suites/signature-suite.js';
import { CertificateAuthority } from './certificate-authority.js';
import { verifyCertificateChain } from './chain.js';
import { attribute, unepSubject } from './names.js';
import { OID } from './oids.js';
import { certificateHash, parseCertificate } from './parse-certificate.js';

const notBefore = new Date('2026-01-01T00:00:00Z');
const notAfter = new Date('2027-01-01T00:00:00Z');
const rootAfter = new Date('2055-01-01T00:00:00Z');
const at = new Date('2026-06-01T00:00:00Z');
const rootSubject = [attribute('C', 'RU'), attribute('O', 'УЦ Полигон'), attribute('CN', 'Корень')];
const subject = unepSubject({
  surname: 'Иванов',
  givenName: 'Иван',
  patronymic: 'Иванович',
  snils: '112-233-445 95',
  inn: '500100732259',
  email: 'ivanov@example.org',
  region: '77 г. Москва',
  organization: { name: 'ООО «Ромашка»', ogrn: '1027700132195', inn: '7707083893' },
});
const defaults = {
  crlUrls: ['http://pki.example.org/cdp/1.crl'],
  ocspUrls: ['http://pki.example.org/ocsp/ocsp.srf'],
  caIssuerUrls: ['http://pki.example.org/aia/1.crt'],
  subjectSignTool: 'КриптоПро CSP',
  issuerSignTool: ['КриптоПро CSP', 'УЦ 2.0', 'СФ/124-0000', 'СФ/128-0000'] as [string, string, string, string],
};

const suites: [string, SignatureSuite][] = [
  ['GOST, JavaScript', signatureSuite('gost2012-256', { backend: 'pure-js' })],
  ['ECDSA', signatureSuite('ecdsa-p256')],
  ['RSA', signatureSuite('rsa-2048')],
];
if (gostEngineStatus().available) suites.push(['GOST, engine', signatureSuite('gost2012-256', { backend: 'engine' })]);

describe.each(suites)('an authority with %s', (_name, suite) => {
  const root = CertificateAuthority.createRoot({
    ...{ keyPair: suite.generateKeyPair(), subject: rootSubject, notBefore, notAfter: rootAfter, defaults },
  });
  const middle = root.issueIntermediate({
    ...{ keyPair: suite.generateKeyPair(), subject: [attribute('CN', 'Выпускающий')], notBefore, notAfter, defaults },
    pathLength: 0,
  });
  const owner = suite.generateKeyPair();
  const issued = middle.issue({ subject, spki: owner.spki, notBefore, notAfter, identificationKind: 3 });

  it('issues a certificate that reads back field by field', () => {
    const parsed = parseCertificate(issued.der);
    expect(parsed.subjectAttributes).toEqual(subject);
    expect(parsed.subject[OID.snils]).toBe('11223344595');
    expect(parsed.subject[OID.commonName]).toBe('Иванов Иван Иванович');
    expect(parsed.issuer).toEqual({ [OID.commonName]: 'Выпускающий' });
    expect([parsed.notBefore, parsed.notAfter]).toEqual([notBefore, notAfter]);
    expect(parsed.serialHex).toBe(issued.serialHex);
    expect(parsed.serialHex).toMatch(/^[0-7][0-9A-F]{31}$/);
    expect([parsed.spki, parsed.suite]).toEqual([owner.spki, suite.id]);
    expect(parsed.keyUsage).toEqual(['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment']);
    expect(parsed.extendedKeyUsage).toEqual([OID.ekuClientAuth, OID.ekuEmailProtection]);
    expect(parsed.policies).toEqual([OID.policyKs1]);
    expect(parsed.authorityKeyId).toEqual(middle.keyId);
    expect(parsed).toMatchObject({ ...defaults, identificationKind: 3, isAuthority: false });
  });

  it('issues authorities with critical constraints and usages', () => {
    const parsed = parseCertificate(root.certificate);
    expect(parsed.isAuthority).toBe(true);
    expect(parsed.extensions.get(OID.keyUsage)).toMatchObject({ isCritical: true });
    expect(parsed.extensions.get(OID.keyUsage)?.value.toString('hex')).toBe('03020186');
    expect(parsed.notAfter).toEqual(rootAfter);
    expect(parseCertificate(middle.certificate).pathLength).toBe(0);
  });

  it('leads from an employee to its root and to no other', () => {
    const foreign = CertificateAuthority.createRoot({
      ...{ keyPair: suite.generateKeyPair(), subject: rootSubject, notBefore, notAfter: rootAfter },
    });
    const intermediates = [middle.certificate];
    const check = (trusted: Buffer[], when = at): boolean =>
      verifyCertificateChain(issued.der, { trusted, intermediates, at: when }).isTrusted;
    expect(check([root.certificate])).toBe(true);
    expect(check([issued.der])).toBe(true);
    expect(check([foreign.certificate])).toBe(false);
    expect(check([])).toBe(false);
    expect(check([root.certificate], rootAfter)).toBe(false);
  });

  it('does not make an authority of an employee', () => {
    const rogue = new CertificateAuthority({ keyPair: owner, certificate: issued.der });
    const forged = rogue.issue({ subject, spki: owner.spki, notBefore, notAfter });
    const intermediates = [middle.certificate, issued.der];
    const verdict = verifyCertificateChain(forged.der, { trusted: [root.certificate], intermediates, at });
    expect(verdict).toMatchObject({ isTrusted: false, reason: 'issuer is not an authority' });
  });

  it('is read alike by Node and pkijs', () => {
    const byNode = new X509Certificate(issued.der);
    expect(byNode.serialNumber).toBe(issued.serialHex);
    expect(byNode.infoAccess).toContain('http://pki.example.org/ocsp/ocsp.srf');
    const byPkijs = new Certificate({ schema: asn1js.fromBER(issued.der).result });
    expect(byPkijs.extensions).toHaveLength(10);
    expect(byPkijs.subject.typesAndValues.map(({ type }) => type)).toEqual(subject.map(({ oid }) => oid));
  });

  it('keeps a chosen serial and lets a profile override defaults', () => {
    const serial = Buffer.from('00ff01', 'hex');
    const { der, serialHex } = middle.issue({
      ...{ subject, spki: owner.spki, notBefore, notAfter, serial },
      ...{ extendedKeyUsage: [OID.ekuTimeStamping], isExtendedKeyUsageCritical: true, policies: [] },
    });
    const parsed = parseCertificate(der);
    expect([serialHex, parsed.serialHex]).toEqual(['FF01', 'FF01']);
    expect(parsed.extendedKeyUsage).toEqual([OID.ekuTimeStamping]);
    expect(parsed.extensions.get(OID.extendedKeyUsage)?.isCritical).toBe(true);
    expect(parsed.policies).toEqual([]);
    expect(parsed.crlUrls).toEqual(defaults.crlUrls);
  });
});

describe('subject names', () => {
  it.each([
    ['SNILS', '1122334459'],
    ['INN', '50010073225X'],
    ['C', 'Россия'],
    ['E', 'иванов@example.org'],
    ['CN', ''],
  ] as const)('refuse %s = "%s"', (name, value) => {
    const suite = signatureSuite('ecdsa-p256');
    const keyPair = suite.generateKeyPair();
    const make = (): unknown =>
      CertificateAuthority.createRoot({ keyPair, subject: [attribute(name, value)], notBefore, notAfter });
    expect(make).toThrow(expect.objectContaining({ name: 'PkiError', code: 'invalid-argument' }));
  });

  it('hash a certificate with either digest', () => {
    expect(certificateHash(Buffer.alloc(0), 'gost')).toMatch(/^3f539a21/);
    expect(certificateHash(Buffer.alloc(0), 'sha256')).toMatch(/^e3b0c442/);
  });
});
