import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  attribute,
  CertificateAuthority,
  createCsr,
  fromPem,
  gostEngineStatus,
  parseCsr,
  pem,
  signatureSuite,
  signCms,
} from './index.js';
import { unepSubject, verifyCms } from './index.js';
import type { Backend, GostParamSet, SuiteId } from './index.js';

/** `openssl` as an independent verifier: with the GOST engine when this machine has it. */
const engine = gostEngineStatus();
const enginePath = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/engines-3/gost.so`)
  .find((path) => existsSync(path));
const canCheckGost = engine.available && enginePath !== undefined;
const folder = mkdtempSync(join(tmpdir(), 'pki-'));
const file = (name: string): string => join(folder, name);
const write = (name: string, data: Buffer | string): string => {
  writeFileSync(file(name), data);
  return file(name);
};
const CONFIG = `openssl_conf = init
[init]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
dynamic_path = ${enginePath}
default_algorithms = ALL
`;

function openssl(args: string[]): { status: number; output: string } {
  const command = `exec openssl "$@" 2>&1`;
  const env = { ...process.env, ...(canCheckGost ? { OPENSSL_CONF: file('gost.cnf') } : {}) };
  try {
    return { status: 0, output: execFileSync('sh', ['-c', command, 'sh', ...args], { env, encoding: 'utf8' }) };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    return { status, output: stdout };
  }
}

function hasOpenssl(): boolean {
  return openssl(['version']).status === 0;
}

write('gost.cnf', CONFIG);
const ALL: [SuiteId, Backend, GostParamSet?][] = [
  ['ecdsa-p256', 'node'],
  ['rsa-2048', 'node'],
  ['gost2012-256', 'pure-js', 'cryptopro-a'],
  ['gost2012-256', 'pure-js', 'tc26-a'],
  ['gost2012-256', 'engine', 'cryptopro-a'],
  ['gost2012-256', 'engine', 'xch-a'],
  ['gost2012-512', 'engine'],
  ['gost2012-512', 'pure-js'],
];
const DIGEST_NAMES: Record<SuiteId, string> = {
  ...{ 'gost2012-256': 'md_gost12_256', 'gost2012-512': 'md_gost12_512' },
  ...{ 'ecdsa-p256': 'sha256', 'rsa-2048': 'sha256' },
};
const isPresent = hasOpenssl();
const usable = ALL.filter(([id]) => isPresent && (!id.startsWith('gost') || canCheckGost));
if (!isPresent) it.skip('openssl cases [skipped: no openssl on PATH]', () => undefined);
else if (!canCheckGost) it.skip(`GOST cases [skipped: ${engine.reason ?? 'engine file not found'}]`, () => undefined);

// openssl checks validity against the machine's clock.
const now = Date.now();
const notBefore = new Date(now - 86_400_000);
const notAfter = new Date(now + 86_400_000);
const subject = unepSubject({ surname: 'Петрова', givenName: 'Анна', snils: '11223344595', email: 'anna@example.org' });

if (usable.length > 0)
  describe.each(usable)('openssl accepts %s (%s %s)', (id, backend, paramSet) => {
    const suite = signatureSuite(id, { backend, paramSet });
    const defaults = {
      crlUrls: ['http://pki.example.org/cdp/1.crl'],
      ocspUrls: ['http://pki.example.org/ocsp/ocsp.srf'],
    };
    const root = CertificateAuthority.createRoot({
      ...{ keyPair: suite.generateKeyPair(), subject: [attribute('CN', 'Корень')], notBefore, notAfter },
    });
    const middle = root.issueIntermediate({
      ...{ keyPair: suite.generateKeyPair(), subject: [attribute('CN', 'УЦ')], notBefore, notAfter, defaults },
    });
    const keyPair = suite.generateKeyPair();
    const certificate = middle.issue({ subject, spki: keyPair.spki, notBefore, notAfter, identificationKind: 0 }).der;
    const ca = write(`${id}-${backend}-${paramSet}-ca.pem`, pem(root.certificate, 'CERTIFICATE'));
    const between = write(`${id}-${backend}-${paramSet}-middle.pem`, pem(middle.certificate, 'CERTIFICATE'));
    const content = Buffer.from('Приказ о приёме на работу\r\n');

    const verifyWithOpenssl = (cms: Buffer, document: Buffer): { status: number; output: string } =>
      openssl([
        ...[
          'cms',
          '-verify',
          '-binary',
          '-inform',
          'DER',
          '-in',
          write('s.sig', cms),
          '-content',
          write('doc', document),
        ],
        ...['-CAfile', ca, '-cades', '-out', file('out')],
      ]);

    it('certificates, chain included', () => {
      const leaf = write('ee.pem', pem(certificate, 'CERTIFICATE'));
      const { output } = openssl(['verify', '-x509_strict', '-CAfile', ca, '-untrusted', between, leaf]);
      expect(output).toContain('ee.pem: OK');
      const policy = ['-policy_check', '-explicit_policy', '-policy', '1.2.643.100.113.1'];
      expect(openssl(['verify', ...policy, '-CAfile', ca, '-untrusted', between, leaf]).output).toContain(': OK');
      const spoiled = Buffer.from(certificate);
      spoiled[spoiled.length - 1] = (spoiled.at(-1) as number) ^ 1;
      const bad = write('bad.pem', pem(spoiled, 'CERTIFICATE'));
      expect(openssl(['verify', '-CAfile', ca, '-untrusted', between, bad]).status).not.toBe(0);
    });

    it('certificate requests, and its own are read back', () => {
      const csr = createCsr(keyPair, subject);
      const path = write('r.pem', pem(csr, 'CERTIFICATE REQUEST'));
      expect(openssl(['req', '-verify', '-noout', '-in', path]).output).toContain('self-signature verify OK');
      expect(parseCsr(csr)).toMatchObject({ subject, suite: id, isProofValid: true });
      const key = write('k.pem', keyPair.privateKeyPem);
      const made = openssl([
        'req',
        '-new',
        '-key',
        key,
        '-subj',
        '/C=RU/CN=test',
        '-addext',
        'keyUsage=digitalSignature',
      ]);
      expect(parseCsr(fromPem(made.output, 'CERTIFICATE REQUEST'))).toMatchObject({
        ...{ isProofValid: true, suite: id, spki: keyPair.spki },
        ...{ subject: [attribute('C', 'RU'), attribute('CN', 'test')], requested: { keyUsage: ['digitalSignature'] } },
      });
    });

    it('CAdES-BES signatures made from the document or from its digest, and no spoiled ones', () => {
      const options = { keyPair, certificate, chain: [middle.certificate], signingTime: new Date(now) };
      const byDigest = signCms({ ...options, contentDigest: suite.digest(content) });
      for (const cms of [signCms({ ...options, content }), byDigest]) {
        expect(verifyWithOpenssl(cms, content).output).toContain('CAdES Verification successful');
      }
      expect(verifyWithOpenssl(byDigest, content.subarray(1)).status).not.toBe(0);
      const flipped = Buffer.from(byDigest);
      flipped[flipped.length - 5] = (flipped.at(-5) as number) ^ 4;
      expect(verifyWithOpenssl(flipped, content).status).not.toBe(0);
      expect(verifyWithOpenssl(byDigest.subarray(0, -1), content).status).not.toBe(0);
      const bare = signCms({ ...options, content, hasSigningCertificate: false });
      expect(verifyWithOpenssl(bare, content).status).not.toBe(0);
    });

    it.each([
      ['detached', []],
      ['detached without signed attributes', ['-noattr']],
      ['attached', ['-nodetach']],
      ['attached without signed attributes', ['-nodetach', '-noattr']],
      ['attached BER with indefinite lengths', ['-nodetach', '-stream', '-indef']],
      ['CAdES', ['-cades']],
      ['by key identifier', ['-keyid']],
    ])('and its own %s signature is accepted here', (_name, flags) => {
      const paths = [
        '-signer',
        write('ee.pem', pem(certificate, 'CERTIFICATE')),
        '-inkey',
        write('k.pem', keyPair.privateKeyPem),
      ];
      const md = ['-md', DIGEST_NAMES[id]];
      const input = ['-in', write('doc', content), '-outform', 'DER', '-out', file('their.sig')];
      const { status, output } = openssl(['cms', '-sign', '-binary', ...md, ...flags, ...paths, ...input]);
      expect({ status, output }).toEqual({ status: 0, output: '' });
      const cms = readFileSync(file('their.sig'));
      const options = { trusted: [root.certificate], certificates: [middle.certificate], at: new Date(now) };
      expect(verifyCms(cms, content, options)).toMatchObject({ valid: true, signerCertificate: certificate });
      expect(verifyCms(cms, { digest: suite.digest(content) }, options)).toMatchObject({ valid: true });
      expect(verifyCms(cms, content.subarray(1), options).valid).toBe(false);
      expect(verifyCms(cms, { digest: suite.digest(Buffer.from('x')) }, options).valid).toBe(false);
    });
  });

afterAll(() => rmSync(folder, { recursive: true, force: true }));
