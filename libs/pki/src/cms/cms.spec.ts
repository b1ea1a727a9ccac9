import * as asn1js from 'asn1js';
import { Certificate, ContentInfo, SignedData } from 'pkijs';
import { signatureSuite } from '../suites/registry.js';
import { CertificateAuthority } from '../x509/certificate-authority.js';
import { attribute } from '../x509/names.js';
import { parseCms } from './parse-cms.js';
import { signCms } from './sign-cms.js';
import { verifyCms } from './verify-cms.js';

const notBefore = new Date('2026-01-01T00:00:00Z');
const notAfter = new Date('2027-01-01T00:00:00Z');
const signingTime = new Date('2026-05-05T10:00:00Z');
const content = Buffer.from('Заявление об отпуске');

describe.each(['gost2012-256', 'ecdsa-p256', 'rsa-2048'] as const)('CAdES-BES with %s', (id) => {
  const suite = signatureSuite(id);
  const root = CertificateAuthority.createRoot({
    ...{ keyPair: suite.generateKeyPair(), subject: [attribute('CN', 'Корень')], notBefore, notAfter },
  });
  const issue = (): { keyPair: ReturnType<typeof suite.generateKeyPair>; certificate: Buffer } => {
    const keyPair = suite.generateKeyPair();
    const subject = [attribute('CN', 'Подписант')];
    return { keyPair, certificate: root.issue({ subject, spki: keyPair.spki, notBefore, notAfter }).der };
  };
  const signer = issue();
  const trusted = [root.certificate];
  const cms = signCms({ ...signer, content, signingTime });

  it('verifies against the document and against its digest', () => {
    const good = { valid: true, isCadesBes: true, signingTime, signerCertificate: signer.certificate };
    expect(verifyCms(cms, content, { trusted })).toMatchObject(good);
    expect(verifyCms(cms, { digest: suite.digest(content) }, { trusted })).toMatchObject(good);
  });

  it('covers a 32-byte digest file signed as a document', () => {
    const hashFile = suite.digest(content);
    expect(verifyCms(signCms({ ...signer, content: hashFile, signingTime }), hashFile).valid).toBe(true);
  });

  it('carries the document when asked to', () => {
    const attached = signCms({ ...signer, content, signingTime, detached: false });
    expect(verifyCms(attached, undefined, { trusted })).toMatchObject({ valid: true, attachedContent: content });
    expect(verifyCms(attached, Buffer.from('other'), { trusted }).reason).toBe(
      'the attached document differs from the given one',
    );
  });

  it.each([
    ['another document', () => verifyCms(cms, Buffer.from('other')), 'the document is not the one that was signed'],
    ['no document', () => verifyCms(cms, undefined), 'the document is neither given nor attached'],
    [
      'a key that is not that of the certificate',
      () => verifyCms(signCms({ ...issue(), certificate: signer.certificate, content, signingTime }), content),
      'the signature does not match',
    ],
    ['an unknown root', () => verifyCms(cms, content, { trusted: [] }), 'no trusted issuer found'],
    [
      'a certificate that has expired by then',
      () => verifyCms(cms, content, { trusted, at: new Date('2028-01-01T00:00:00Z') }),
      'certificate is not valid at that time',
    ],
    ['a cut document', () => verifyCms(cms.subarray(0, -9), content), 'BER: value is cut short'],
  ])('refuses %s', (_name, verify, reason) => {
    expect(verify()).toMatchObject({ valid: false, reason });
  });

  it('refuses every flipped byte of the signer information', () => {
    const { signature } = parseCms(cms);
    const start = cms.lastIndexOf(signature);
    for (let offset = start; offset < cms.length; offset += 7) {
      const flipped = Buffer.from(cms);
      flipped[offset] = (flipped[offset] as number) ^ 0x10;
      expect(verifyCms(flipped, content).valid).toBe(false);
    }
  });

  it('without signingCertificateV2 is plain CMS', () => {
    const plain = signCms({ ...signer, content, signingTime, hasSigningCertificate: false });
    expect(verifyCms(plain, content)).toMatchObject({ valid: true, isCadesBes: false });
  });

  it('refuses to be made without a document or with a digest of a wrong length', () => {
    expect(() => signCms({ ...signer, signingTime })).toThrow('content or its digest is required');
    expect(() => signCms({ ...signer, signingTime, contentDigest: Buffer.alloc(20) })).toThrow('must be 32 bytes');
  });

  if (id !== 'gost2012-256')
    it('is accepted by pkijs', async () => {
      const info = new ContentInfo({ schema: asn1js.fromBER(cms).result });
      const signed = new SignedData({ schema: info.content });
      const anchor = new Certificate({ schema: asn1js.fromBER(root.certificate).result });
      const options = {
        signer: 0,
        data: new Uint8Array(content).buffer,
        trustedCerts: [anchor],
        checkDate: signingTime,
      };
      await expect(signed.verify({ ...options, checkChain: true })).resolves.toBe(true);
    });
});
