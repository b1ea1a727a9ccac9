import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pem } from '../der/pem.js';
import { PkiError } from '../pki.errors.js';
import { signatureSuite } from '../suites/registry.js';
import type { SuiteId } from '../suites/signature-suite.js';
import { CertificateAuthority } from '../x509/certificate-authority.js';
import { attribute } from '../x509/names.js';
import { cosignCms } from './cosign-cms.js';
import { envelopeCms } from './envelope-cms.js';
import { signCms } from './sign-cms.js';
import { verifyCms, verifyCmsSigners } from './verify-cms.js';

const notBefore = new Date(Date.now() - 86_400_000);
const notAfter = new Date(Date.now() + 86_400_000);
const signingTime = new Date();
const content = Buffer.from('Договор');
const folder = mkdtempSync(join(tmpdir(), 'pki-cms-'));
afterAll(() => rmSync(folder, { recursive: true }));

function signer(id: SuiteId, name = 'Иванов') {
  const keyPair = signatureSuite(id).generateKeyPair();
  const { certificate } = CertificateAuthority.createRoot({
    keyPair,
    subject: [attribute('CN', name)],
    notBefore,
    notAfter,
  });
  return { keyPair, certificate };
}
const save = (name: string, data: Buffer | string): string => {
  writeFileSync(join(folder, name), data);
  return join(folder, name);
};
const openssl = (...args: string[]): string =>
  execFileSync('sh', ['-c', 'openssl "$@" 2>&1 || true', 'sh', ...args]).toString();

describe('a second signature', () => {
  it.each([
    ['attached', false],
    ['detached', true],
  ])('%s: both hold, openssl accepts both, one more is added', (_name, detached) => {
    const [first, second] = [signer('ecdsa-p256'), signer('rsa-2048', 'Петров')];
    const one = signCms({ ...first, content, signingTime, detached });
    const two = cosignCms({ ...second, cms: one, signingTime, ...(detached ? { content } : {}) });
    const three = cosignCms({ ...signer('gost2012-256', 'Сидоров'), cms: two, signingTime, content });
    const validity = (cms: Buffer, document = content): boolean[] =>
      verifyCmsSigners(cms, document).map(({ valid }) => valid);
    expect([validity(one), validity(two), validity(three)]).toEqual([[true], [true, true], [true, true, true]]);
    expect(validity(two, Buffer.from('другой'))).toEqual([false, false]);
    const roots = save('roots.pem', pem(first.certificate, 'CERTIFICATE') + pem(second.certificate, 'CERTIFICATE'));
    const input = ['-inform', 'DER', '-in', save('two.der', two), '-content', save('content', content)];
    expect(openssl('cms', '-verify', '-binary', ...input, '-CAfile', roots)).toContain('CMS Verification successful');
  });

  it('needs the document, and the same one', () => {
    const one = signer('ecdsa-p256');
    const detached = signCms({ ...one, content, signingTime });
    const attached = signCms({ ...one, content, signingTime, detached: false });
    expect(() => cosignCms({ ...one, cms: detached, signingTime })).toThrow('neither given nor attached');
    expect(() => cosignCms({ ...one, cms: attached, content: Buffer.from('x'), signingTime })).toThrow('differs');
    expect(() => cosignCms({ ...one, cms: Buffer.from('x'), signingTime })).toThrow(PkiError);
    expect(verifyCms(detached, content).valid).toBe(true);
  });

  it('names the type the content has', () => {
    const one = signer('ecdsa-p256');
    const attached = signCms({ ...one, content, signingTime, detached: false });
    const [data, digested] = ['2a864886f70d010701', '2a864886f70d010705'];
    const other = Buffer.from(attached.toString('hex').replaceAll(data, digested), 'hex');
    const two = cosignCms({ ...signer('ecdsa-p256', 'Петров'), cms: other, signingTime });
    // DER puts the signers in the order of their octets.
    expect(
      verifyCmsSigners(two, undefined)
        .map(({ valid }) => valid)
        .sort(),
    ).toEqual([false, true]);
  });

  it('holds beside a certificate of the same issuer and number with another key: the signature says which is meant', () => {
    const one = signer('ecdsa-p256');
    const attached = signCms({ ...one, content, signingTime, detached: false });
    const own = one.certificate.toString('hex');
    const foreign = own.replace(one.keyPair.spki.toString('hex'), signer('ecdsa-p256').keyPair.spki.toString('hex'));
    const other = Buffer.from(attached.toString('hex').replace(own, foreign), 'hex');
    const two = cosignCms({ ...one, cms: other, signingTime });
    expect(verifyCmsSigners(two, undefined)).toContainEqual(expect.objectContaining({ valid: true, isCadesBes: true }));
  });
});

describe('encryption', () => {
  it.each([
    ['rsa-2048', ['rsa-2048']],
    ['ecdsa-p256', ['ecdsa-p256']],
    ['rsa-2048', ['ecdsa-p256', 'rsa-2048', 'rsa-2048']],
    ['ecdsa-p256', ['rsa-2048', 'ecdsa-p256']],
  ] as const)('openssl decrypts with %s what is meant for %j', (own, all) => {
    const recipients = all.map((id, index) => signer(id, `Получатель ${index}`));
    const reader = recipients[all.indexOf(own as never)]!;
    const envelope = envelopeCms({
      content,
      recipients: recipients.map(({ certificate }) => certificate),
      randomBytes,
    });
    const key = save('key.pem', reader.keyPair.privateKeyPem);
    const input = ['-inform', 'DER', '-in', save('e.der', envelope), '-inkey', key];
    const recipient = ['-recip', save('cert.pem', pem(reader.certificate, 'CERTIFICATE'))];
    expect(openssl('cms', '-decrypt', '-binary', ...input, ...recipient)).toBe('Договор');
  });

  it('refuses a certificate whose key is no point of the curve', () => {
    const { certificate, keyPair } = signer('ecdsa-p256');
    const spki = keyPair.spki.toString('hex');
    const broken = Buffer.from(
      certificate.toString('hex').replace(spki, `${spki.slice(0, -64)}${'0'.repeat(63)}7`),
      'hex',
    );
    const act = () => envelopeCms({ content, recipients: [broken], randomBytes });
    expect(act).toThrow(expect.objectContaining({ name: 'PkiError', code: 'invalid-key' }));
  });

  it('knows no way to a GOST key', () => {
    const { certificate } = signer('gost2012-256');
    expect(() => envelopeCms({ content, recipients: [certificate], randomBytes })).toThrow('RSA and P-256');
  });
});
