import { attribute, CertificateAuthority, signatureSuite, signCms } from '@poligon/pki';
import { zipSync } from 'fflate';
import { checkArchive } from './signed-archive.js';

const document = Buffer.from('%PDF-1.4 a document');
const notBefore = new Date('2026-01-01T00:00:00Z');
const notAfter = new Date('2027-01-01T00:00:00Z');
const archive = (files: Record<string, Uint8Array>) => Buffer.from(zipSync(files));

describe.each(['ecdsa-p256', 'gost2012-256'] as const)('archive with a %s signature', (id) => {
  const suite = signatureSuite(id);
  const keyPair = suite.generateKeyPair();
  const subject = [attribute('CN', 'Подписант')];
  const { certificate } = CertificateAuthority.createRoot({ keyPair, subject, notBefore, notAfter });
  const signed = (content: Buffer) => signCms({ keyPair, certificate, content, signingTime: notBefore });
  const good = signed(document);

  it.each([
    ['a good one', { 'document.pdf': document, 'a.sig': good }, 1, []],
    [
      'two, one of another document',
      { 'document.pdf': document, 'a.sig': good, 'b.sig': signed(Buffer.from('x')) },
      1,
      [/not the one that was signed/],
    ],
    ['a cut one', { 'document.pdf': document, 'a.sig': good.subarray(0, 100) }, 0, [/./]],
    ['none', { 'document.pdf': document }, 0, [/no signature in the archive/]],
    ['no document', { 'a.sig': good }, 0, [/no document\.pdf/]],
  ])('counts %s', (_title, files, valid, refusals) => {
    const check = checkArchive(archive(files));
    expect(check.valid).toBe(valid);
    expect(check.refusals.length).toBe(refusals.length);
    refusals.forEach((refusal, index) => expect(check.refusals[index]).toMatch(refusal));
  });
});

it('calls what is not a zip archive so', () => {
  expect(checkArchive(Buffer.from('<html>'))).toEqual({ valid: 0, refusals: ['not a zip archive'] });
});
