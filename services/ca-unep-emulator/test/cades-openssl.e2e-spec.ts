import { readFileSync } from 'node:fs';
import { defaultPopulation } from '@poligon/people';
import { readDer } from '@poligon/pki';
import { call, CaStand } from './ca-stand.js';
import { checkableSuites, Openssl } from './openssl.js';

const openssl = new Openssl();
afterAll(() => openssl.close());
const person = defaultPopulation.person(31);
const document = Buffer.from('Приказ о переводе № 18\r\n');
const SIGNATURE_TIME_STAMP = '1.2.840.113549.1.9.16.2.14';
const suites = checkableSuites();

/** Value of an unsigned attribute of the first signer, and the signature value it is about. */
function unsigned(cms: Buffer, type: string): { value: Buffer | undefined; signature: Buffer } {
  const signedData = readDer(cms, { maxBytes: 1 << 20, maxDepth: 30 })
    .children()[1]!
    .single()
    .children();
  const signer = signedData.at(-1)!.children()[0]!.children();
  const attributes = signer.find(({ tag }) => tag === 0xa1)?.children() ?? [];
  const found = attributes.find((attribute) => attribute.children()[0]!.oid() === type);
  return { value: found?.children()[1]!.single().der, signature: signer.find(({ tag }) => tag === 0x04)!.content };
}

function flipped(bytes: Buffer, at: number): Buffer {
  const spoilt = Buffer.from(bytes);
  spoilt[at]! ^= 1;
  return spoilt;
}

if (suites.length > 0)
  describe.each(suites)('openssl, given CMS that the %s authority made of a whole document', (suite) => {
    let stand: CaStand;
    let chain: string;
    let token: string;

    const dss = (path: string, body?: unknown) =>
      call(body === undefined ? 'GET' : 'POST', `${stand.emulator.protocolUrl}${path}`, body, {
        authorization: `Bearer ${token}`,
      });
    const sign = async (CADESType: string, IsDetached: string): Promise<Buffer> => {
      const Signature = { Type: 'CAdES', Parameters: { CADESType, IsDetached }, CertificateId: 0 };
      const body = { Content: document.toString('base64'), Signature };
      const answer = await dss('/SignServer/rest/api/documents', body);
      return Buffer.from(answer.body, 'base64');
    };

    beforeAll(async () => {
      stand = await CaStand.start({ CA_SUITE: suite, CA_KEY_POOL: '0' });
      chain = openssl.file('chain.pem', (await stand.admin('GET', '/ca/chain.pem')).text);
      const form = { grant_type: 'password', username: 'u', password: 'poligon', client_id: 'poligon' };
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const url = `${stand.emulator.protocolUrl}/STS/oauth/token`;
      token = (await call('POST', url, new URLSearchParams(form).toString(), headers)).body.access_token;
      const name = { '2.5.4.3': `${person.lastName} ${person.firstName}`, '1.2.643.100.3': person.snils };
      await dss('/SignServer/rest/api/requests', { DistinguishedName: { ...name, '1.2.643.3.131.1.1': person.inn } });
      while ((await dss('/SignServer/rest/api/requests/1')).body.Status === 'PENDING') continue;
    });
    afterAll(() => stand.close());

    const verify = (cms: Buffer, content?: Buffer) => {
      const files = ['-in', openssl.file('s.p7', cms), '-CAfile', chain, '-out', openssl.path('out')];
      const detached = content === undefined ? [] : ['-content', openssl.file('doc', content)];
      return openssl.run('cms', '-verify', '-binary', '-cades', '-inform', 'DER', ...files, ...detached);
    };
    const SUCCESS = 'CAdES Verification successful';

    it('takes the document out of an attached one', async () => {
      const cms = await sign('BES', 'False');
      expect((await verify(cms)).output).toContain(SUCCESS);
      expect(readFileSync(openssl.path('out'))).toEqual(document);
      const at = cms.indexOf(document);
      expect((await verify(flipped(cms, at + 3))).status).not.toBe(0);
    });

    it.each(['True', 'False'])('verifies CAdES-T (detached: %s), its time-stamp too', async (isDetached) => {
      const cms = await sign('T', isDetached);
      const content = isDetached === 'True' ? document : undefined;
      expect((await verify(cms, content)).output).toContain(SUCCESS);
      const { value, signature } = unsigned(cms, SIGNATURE_TIME_STAMP);
      const verifyStamp = (stamp: Buffer, of: Buffer) => {
        const input = ['-in', openssl.file('t.p7', stamp), '-token_in', '-data', openssl.file('value', of)];
        return openssl.run('ts', '-verify', ...input, '-CAfile', chain);
      };
      expect((await verifyStamp(value!, signature)).output).toContain('Verification: OK');
      expect((await verifyStamp(value!, flipped(signature, 5))).status).not.toBe(0);
      expect((await verifyStamp(flipped(value!, value!.length - 2), signature)).status).not.toBe(0);
    });

    it('refuses any flipped bit of the signer’s part', async () => {
      const cms = await sign('BES', 'True');
      const { signature } = unsigned(cms, SIGNATURE_TIME_STAMP);
      const from = cms.length - signature.length;
      for (const at of [from, from + 9, cms.length - 1]) {
        expect((await verify(flipped(cms, at), document)).status).not.toBe(0);
      }
      expect((await verify(cms, flipped(document, 0))).status).not.toBe(0);
    });
  });
