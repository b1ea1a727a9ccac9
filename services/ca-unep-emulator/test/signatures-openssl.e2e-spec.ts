import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gostEngineStatus, pem, signatureSuite, type SuiteId } from '@poligon/pki';
import { CaStand } from './ca-stand.js';

/** `openssl` as an independent verifier, with the GOST engine when this machine has it (package libengine-gost-openssl). */
const folder = mkdtempSync(join(tmpdir(), 'ca-unep-'));
const file = (name: string, data: Buffer | string): string => {
  writeFileSync(join(folder, name), data);
  return join(folder, name);
};
const enginePath = ['x86_64', 'aarch64']
  .map((machine) => `/usr/lib/${machine}-linux-gnu/engines-3/gost.so`)
  .find((path) => existsSync(path));
const engine = gostEngineStatus(enginePath);
const canCheckGost = enginePath !== undefined && engine.available;
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

function openssl(args: readonly string[]): { status: number; output: string } {
  const environment = canCheckGost ? { OPENSSL_CONF: file('gost.cnf', CONFIG) } : {};
  try {
    const env = { ...process.env, ...environment };
    return {
      status: 0,
      output: execFileSync('sh', ['-c', 'exec openssl "$@" 2>&1', 'sh', ...args], { env, encoding: 'utf8' }),
    };
  } catch (failure) {
    const { status, stdout } = failure as { status: number; stdout: string };
    return { status, output: stdout };
  }
}

const hasOpenssl = openssl(['version']).status === 0;
const suites: SuiteId[] = ['ecdsa-p256', 'rsa-2048', ...(canCheckGost ? (['gost2012-256'] as const) : [])];

if (!hasOpenssl) it.skip('openssl verifies signatures [skipped: no openssl on PATH]', () => undefined);
else if (!canCheckGost) {
  it.skip(`openssl verifies GOST signatures [skipped: ${engine.reason ?? 'no engine file'}]`, () => undefined);
}

if (hasOpenssl)
  describe.each(suites)('openssl, given a signature of the %s authority', (suite) => {
    const document = Buffer.from('Приказ о приёме на работу № 17\r\n');
    let stand: CaStand;
    let chain: string;
    let certificate: Buffer;
    let cms: Buffer;

    beforeAll(async () => {
      stand = await CaStand.start({ CA_SUITE: suite, CA_KEY_POOL: '0' });
      chain = file(`${suite}-chain.pem`, (await stand.admin('GET', '/ca/chain.pem')).text);
      const { data } = await stand.issueAstral('o-1', 1);
      certificate = Buffer.from(data.certificate, 'base64');
      const hash = signatureSuite(suite).digest(document).toString('base64');
      const order = { certificateId: data.certificateId, documents: [{ id: '1', hash }] };
      await stand.astral('USIG_SIGN_REQUEST', 'o-2', order);
      const result = await stand.event('USIG_SIGN_RESULT', 'o-2');
      cms = Buffer.from(result.data.signatures[0].signature, 'base64');
    });
    afterAll(() => stand.close());

    const verify = (signature: Buffer, content: Buffer) => {
      const [input, doc] = [file('s.sig', signature), file('doc', content)];
      const files = ['-in', input, '-content', doc, '-CAfile', chain, '-out', join(folder, 'out')];
      return openssl(['cms', '-verify', '-binary', '-inform', 'DER', '-cades', ...files]);
    };

    it('accepts the certificate and its chain', () => {
      const leaf = file('ee.pem', pem(certificate, 'CERTIFICATE'));
      expect(openssl(['verify', '-x509_strict', '-CAfile', chain, leaf]).output).toContain('ee.pem: OK');
    });

    it('verifies the signature as CAdES', () => {
      expect(verify(cms, document)).toMatchObject({
        status: 0,
        output: expect.stringContaining('CAdES Verification successful'),
      });
    });

    it('refuses another document and a flipped bit', () => {
      expect(verify(cms, document.subarray(1)).status).not.toBe(0);
      const spoilt = Buffer.from(cms);
      spoilt[spoilt.length - 9]! ^= 2;
      expect(verify(spoilt, document).status).not.toBe(0);
    });

    it('is told the suite and digest by the admin door', async () => {
      const digest = suite === 'gost2012-256' ? 'streebog-256' : 'sha-256';
      expect((await stand.admin('GET', '/ca')).body).toMatchObject({ suite, digest });
    });
  });

afterAll(() => rmSync(folder, { recursive: true, force: true }));
