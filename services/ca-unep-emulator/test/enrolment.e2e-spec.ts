import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { attribute, createCsr, fromPem, parseCertificate, signatureSuite } from '@poligon/pki';
import { request } from 'undici';
import { CaStand } from './ca-stand.js';
import { checkableSuites, Openssl } from './openssl.js';

const openssl = new Openssl();
const suite = signatureSuite('ecdsa-p256');
const csr = createCsr(suite.generateKeyPair(), [attribute('CN', 'Иванов')]);
let stand: CaStand;
let chain: string;

beforeAll(async () => {
  stand = await CaStand.start();
  chain = openssl.file('chain.pem', (await stand.admin('GET', '/ca/chain.pem')).text);
});
afterAll(async () => {
  await stand.close();
  openssl.close();
});

async function post(path: string, body: Buffer | string, credentials = 'poligon:poligon') {
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/pkcs10' };
  const reply = await request(`${stand.emulator.protocolUrl}${path}`, { method: 'POST', body, headers });
  return { status: reply.statusCode, text: await reply.body.text() };
}
const EST = '/.well-known/est';

const isPresent = checkableSuites().length > 0;
if (isPresent)
  describe('EST, with openssl as the client', () => {
    it.each(['simpleenroll', 'simplereenroll'])('%s gives a certificate that openssl trusts', async (call) => {
      const key = openssl.path('k.pem');
      const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
      const path = openssl.path('r.der');
      await openssl.run('req', '-new', ...newKey, '-subj', '/C=RU/CN=est', '-outform', 'DER', '-out', path);
      const { status, text } = await post(`${EST}/${call}`, readFileSync(path).toString('base64'));
      expect(status).toBe(200);
      const p7 = openssl.file('c.p7', Buffer.from(text, 'base64'));
      const { output } = await openssl.run('pkcs7', '-inform', 'DER', '-in', p7, '-print_certs');
      const leaf = openssl.file('leaf.pem', output);
      expect((await openssl.run('verify', '-x509_strict', '-CAfile', chain, leaf)).output).toContain('leaf.pem: OK');
      const url = ['-url', `${stand.emulator.protocolUrl}/ocsp/ocsp.srf`];
      const issuer = openssl.file(
        'issuer.pem',
        readFileSync(chain, 'utf8').split(/(?<=-----END CERTIFICATE-----\n)/)[0]!,
      );
      const asked = await openssl.run('ocsp', '-issuer', issuer, '-cert', leaf, '-CAfile', chain, ...url);
      expect(asked.output).toContain('leaf.pem: good');
    });

    it('cacerts gives both certificates', async () => {
      const reply = await request(`${stand.emulator.protocolUrl}${EST}/cacerts`);
      const p7 = openssl.file('ca.p7', Buffer.from(await reply.body.text(), 'base64'));
      const { output } = await openssl.run('pkcs7', '-inform', 'DER', '-in', p7, '-print_certs');
      expect(output.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    });
  });

describe('PKCS#10 enrolment', () => {
  it('gives a certificate for a request in DER', async () => {
    const { status, text } = await post('/pkcs10', csr);
    expect(status).toBe(200);
    expect(parseCertificate(fromPem(text)).subject['2.5.4.3']).toBe('Иванов');
  });

  it('wants credentials', async () => {
    expect((await post('/pkcs10', csr, 'poligon:x')).status).toBe(401);
    expect((await post(`${EST}/simpleenroll`, csr.toString('base64'), 'x')).status).toBe(401);
  });

  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const weakPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const unproven = Buffer.from(csr);
  unproven[unproven.length - 1]! ^= 1;

  it.each([
    ['nothing', Buffer.alloc(0), 'body must be'],
    ['no request', Buffer.from('3003020101', 'hex'), 'signed structure'],
    ['a bomb of depth', Buffer.from('30'.repeat(4000), 'hex'), 'DER'],
    ['an indefinite length', Buffer.from('30800000', 'hex'), 'indefinite'],
    ['a huge length', Buffer.from('3084ffffffff', 'hex'), 'cut short'],
    ['a request whose proof does not verify', unproven, 'proof of possession'],
    ['no PEM', Buffer.from('hello'), 'PEM'],
  ])('refuses %s with its reason', async (_name, body, reason) => {
    expect(await post('/pkcs10', body)).toMatchObject({ status: 400, text: expect.stringContaining(reason) });
  });

  it('refuses a weak RSA key', async () => {
    const weak = signatureSuite('rsa-2048').keyPairFromPem(weakPem);
    const request1024 = createCsr(weak, [attribute('CN', 'x')]);
    expect(await post('/pkcs10', request1024)).toMatchObject({ status: 400, text: expect.stringContaining('2048') });
  });
});
