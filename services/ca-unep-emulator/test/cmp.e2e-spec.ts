import { readFileSync } from 'node:fs';
import { fromPem, parseCertificate } from '@poligon/pki';
import { request } from 'undici';
import { CaStand } from './ca-stand.js';
import { checkableSuites, Openssl } from './openssl.js';

const SHARED_SECRET = ['-ref', 'poligon', '-secret', 'pass:poligon'];
const EC_KEY = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
/** Keys of clients: `openssl cmp` takes digests from providers alone, and so cannot sign with keys of the GOST engine. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'ecdsa-p256': EC_KEY,
  'rsa-2048': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'gost2012-256': EC_KEY,
};

const openssl = new Openssl();
afterAll(() => openssl.close());
const suites = checkableSuites().filter((suite) => suite in KEYS);

describe.each(suites)('openssl cmp, %s', (suite) => {
  let stand: CaStand;
  let root: string;
  let key: string;

  beforeAll(async () => {
    stand = await CaStand.start({ CA_SUITE: suite, CA_KEY_POOL: '0' });
    root = openssl.file(`${suite}-root.pem`, (await stand.admin('GET', '/ca/root.pem')).text);
    key = await newKey('first');
  });
  afterAll(() => stand.close());

  async function newKey(name: string): Promise<string> {
    const path = openssl.path(`${suite}-${name}.key`);
    expect((await openssl.run('genpkey', ...KEYS[suite]!, '-out', path)).status).toBe(0);
    return path;
  }

  const cmp = (cmd: string, ...options: string[]) => {
    const server = new URL(stand.emulator.protocolUrl).host;
    const to = ['-server', server, '-path', 'cmp/unep', '-trusted', root, '-verbosity', '7'];
    return openssl.run('cmp', '-batch', '-cmd', cmd, ...to, ...options);
  };
  const out = (name: string) => openssl.path(`${suite}-${name}.pem`);
  const subjectOf = (name: string) => parseCertificate(fromPem(readFileSync(out(name), 'utf8'))).subject['2.5.4.3'];
  const signed = (name: string) => ['-cert', out(name), '-key', key];
  const serialOf = (name: string) => parseCertificate(fromPem(readFileSync(out(name), 'utf8'))).serialHex;
  const statusOf = async (name: string) =>
    (await stand.admin('GET', `/certificates/${serialOf(name)}`)).body.status as string;

  it('ir: enrols by a shared secret and confirms', async () => {
    const subject = ['-newkey', key, '-subject', '/C=RU/CN=first'];
    const { status, output } = await cmp(
      'ir',
      ...SHARED_SECRET,
      ...subject,
      '-certout',
      out('ir'),
      '-cacertsout',
      out('ca'),
    );
    expect([status, output]).toEqual([0, expect.stringContaining('received PKICONF')]);
    expect([subjectOf('ir'), await statusOf('ir')]).toEqual(['first', 'ACTIVE']);
    expect(readFileSync(out('ca'), 'utf8')).toContain('BEGIN CERTIFICATE');
  });

  it('cr: enrols with a signature, without a confirmation when both agree', async () => {
    const subject = ['-newkey', await newKey('cr'), '-subject', '/C=RU/CN=second'];
    const { status, output } = await cmp('cr', ...signed('ir'), ...subject, '-implicit_confirm', '-certout', out('cr'));
    expect([status, output]).toEqual([0, expect.not.stringContaining('CERTCONF')]);
    expect(subjectOf('cr')).toBe('second');
  });

  it('kur: gives a new certificate for a new key, signed with the old one', async () => {
    const { status, output } = await cmp(
      'kur',
      ...signed('ir'),
      '-newkey',
      await newKey('kur'),
      '-certout',
      out('kur'),
    );
    expect([status, output]).toEqual([0, expect.stringContaining('received KUP')]);
    expect([subjectOf('kur'), serialOf('kur')]).toEqual(['first', expect.not.stringMatching(serialOf('ir'))]);
  });

  it('p10cr: takes a PKCS#10 request', async () => {
    const csr = openssl.path(`${suite}.csr`);
    await openssl.run('req', '-new', '-key', key, '-subj', '/C=RU/CN=third', '-out', csr);
    const { status, output } = await cmp('p10cr', ...SHARED_SECRET, '-csr', csr, '-certout', out('p10'));
    expect([status, output]).toEqual([0, expect.stringContaining('received PKICONF')]);
    expect(subjectOf('p10')).toBe('third');
  });

  it('genm: tells what it knows', async () => {
    const { status, output } = await cmp('genm', ...SHARED_SECRET, '-infotype', 'signKeyPairTypes');
    expect([status, output]).toEqual([0, expect.stringContaining('received GENP')]);
  });

  it('rr: revokes, once', async () => {
    const revoke = () => cmp('rr', ...signed('ir'), '-oldcert', out('ir'), '-revreason', '1');
    expect(await revoke()).toMatchObject({ status: 0, output: expect.stringContaining('received RP') });
    expect(await statusOf('ir')).toBe('REVOKED');
    expect(await revoke()).toMatchObject({ status: 1, output: expect.stringContaining('certRevoked') });
    const again = await cmp('rr', ...SHARED_SECRET, '-oldcert', out('ir'));
    expect([again.status, again.output]).toEqual([1, expect.stringContaining('certRevoked')]);
  });

  it('refuses a wrong secret, an absent proof and somebody else’s certificate', async () => {
    const subject = ['-newkey', key, '-subject', '/CN=x', '-certout', out('no')];
    const wrong = await cmp('ir', '-ref', 'poligon', '-secret', 'pass:x', ...subject);
    expect([wrong.status, wrong.output]).toEqual([1, expect.stringContaining('badMessageCheck')]);
    const unproved = await cmp('ir', ...SHARED_SECRET, ...subject, '-popo', '-1');
    expect([unproved.status, unproved.output]).toEqual([1, expect.stringContaining('badPOP')]);
    const bare = await cmp('ir', ...subject, '-unprotected_requests');
    expect([bare.status, bare.output]).toEqual([1, expect.stringContaining('badMessageCheck')]);
  });
});

const [first] = suites;
if (first !== undefined)
  describe('openssl cmp and faults', () => {
    let stand: CaStand;
    beforeAll(async () => {
      stand = await CaStand.start();
    });
    afterAll(() => stand.close());

    it('issue-delay-tail: the client waits and polls', async () => {
      const options = { ms: 600 };
      await stand.admin('PUT', '/faults/late', { fault: 'issue-delay-tail', operations: ['cmp.ir'], options });
      const key = openssl.path('late.key');
      await openssl.run('genpkey', ...EC_KEY, '-out', key);
      const server = new URL(stand.emulator.protocolUrl).host;
      const where = ['-config', '', '-cmd', 'ir', '-server', server, '-path', '.well-known/cmp', ...SHARED_SECRET];
      const what = ['-newkey', key, '-subject', '/CN=late', '-certout', openssl.path('late.pem'), '-verbosity', '7'];
      const { status, output } = await openssl.run('cmp', ...where, ...what);
      expect([status, output]).toEqual([0, expect.stringContaining('received POLLREP')]);
      await stand.admin('DELETE', '/faults/late');
    });

    it('revokes what the client does not accept', async () => {
      const key = openssl.path('late.key');
      const foreign = openssl.path('foreign.pem');
      await openssl.run('req', '-x509', '-key', key, '-subj', '/CN=foreign', '-out', foreign);
      const server = new URL(stand.emulator.protocolUrl).host;
      const where = ['-config', '', '-cmd', 'ir', '-server', server, '-path', 'cmp', ...SHARED_SECRET];
      const what = ['-newkey', key, '-subject', '/CN=choosy', '-certout', openssl.path('choosy.pem')];
      const asked = await openssl.run('cmp', ...where, ...what, '-out_trusted', foreign);
      expect(asked.status).toBe(1);
      await openssl.run('cmp', ...where, ...what, '-disable_confirm');
      const { certificates } = (await stand.admin('GET', '/certificates?limit=2')).body;
      expect(certificates.map(({ status }: { status: string }) => status)).toEqual(['ACTIVE', 'REVOKED']);
    });

    it('revokes what is never confirmed', async () => {
      const slow = await CaStand.start({}, true);
      const server = new URL(slow.emulator.protocolUrl).host;
      const where = ['-config', '', '-cmd', 'ir', '-server', server, '-path', 'cmp', ...SHARED_SECRET];
      const what = ['-newkey', openssl.path('late.key'), '-subject', '/CN=silent', '-certout', openssl.path('s.pem')];
      expect((await openssl.run('cmp', ...where, ...what, '-disable_confirm')).status).toBe(0);
      const status = async () => (await slow.admin('GET', '/certificates?limit=1')).body.certificates[0].status;
      await slow.clock.advance(299_999);
      expect(await status()).toBe('ACTIVE');
      await slow.clock.advance(1);
      expect(await status()).toBe('REVOKED');
      await slow.close();
    });

    it.each([
      ['no message', Buffer.from('hello')],
      ['a bomb of depth', Buffer.from('30'.repeat(4000), 'hex')],
      ['nothing', Buffer.alloc(0)],
    ])('answers %s with badDataFormat', async (_name, body) => {
      const headers = { 'content-type': 'application/pkixcmp' };
      const reply = await request(`${stand.emulator.protocolUrl}/cmp`, { method: 'POST', headers, body });
      expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pkixcmp']);
      const answer = Buffer.from(await reply.body.arrayBuffer());
      expect(answer.toString('latin1')).toContain('request refused: badDataFormat');
    });
  });
