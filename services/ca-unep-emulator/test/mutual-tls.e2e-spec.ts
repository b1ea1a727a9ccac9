import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attribute, CertificateAuthority, createCsr, pem, signatureSuite, type KeyPair } from '@poligon/pki';
import { Agent, request } from 'undici';
import { createClientAsync, ClientSSLSecurity } from 'soap';
import { CaStand } from './ca-stand.js';

const suite = signatureSuite('ecdsa-p256');
const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
const folder = mkdtempSync(join(tmpdir(), 'ca-tls-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true }));

/** A client with a certificate, or without one, at the TLS door of a stand. */
class TlsClient {
  private constructor(
    readonly address: string,
    readonly ca: string,
    private readonly identity: { readonly key?: string; readonly cert?: string },
  ) {}

  static async of(stand: CaStand, identity: { key?: string; cert?: string } = {}): Promise<TlsClient> {
    const { port } = (await stand.admin('GET', '/tls')).body;
    const ca = (await stand.admin('GET', '/tls/ca.pem')).text;
    return new TlsClient(`https://localhost:${port}`, ca, identity);
  }

  async call(path: string, options: { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string } = {}) {
    const agent = new Agent({ connect: { ca: this.ca, ...this.identity } });
    try {
      const { method = 'GET', headers = {}, body = null } = options;
      const reply = await request(`${this.address}${path}`, { method, headers, body, dispatcher: agent });
      return { status: reply.statusCode, headers: reply.headers, text: await reply.body.text() };
    } finally {
      await agent.close();
    }
  }
}

/** A certificate by the authority of the stand. */
async function enrolled(stand: CaStand, name: string): Promise<{ key: string; cert: string }> {
  const keyPair = suite.generateKeyPair();
  const authorization = `Basic ${Buffer.from('poligon:poligon').toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/pkcs10' };
  const body = createCsr(keyPair, [attribute('CN', name)]);
  const reply = await request(`${stand.emulator.protocolUrl}/pkcs10`, { method: 'POST', headers, body });
  return { key: keyPair.privateKeyPem, cert: await reply.body.text() };
}
const selfSigned = (keyPair: KeyPair): { key: string; cert: string } => {
  const { certificate } = CertificateAuthority.createRoot({
    keyPair,
    subject: [attribute('CN', 'Чужой')],
    ...validity,
  });
  return { key: keyPair.privateKeyPem, cert: pem(certificate, 'CERTIFICATE') };
};

describe('certificates of clients over TLS', () => {
  let stand: CaStand;
  let own: TlsClient;
  let nobody: TlsClient;
  let stranger: TlsClient;
  beforeAll(async () => {
    stand = await CaStand.start({ CA_TLS: 'true', CA_TLS_PORT: '0', CA_CA20_CERTIFICATE: 'true' });
    own = await TlsClient.of(stand, await enrolled(stand, 'Оператор Ольга'));
    nobody = await TlsClient.of(stand);
    stranger = await TlsClient.of(stand, selfSigned(suite.generateKeyPair()));
  });
  afterAll(() => stand.close());

  it('Астрал: one issued by this authority stands for the token, a foreign one and none do not', async () => {
    const status = async (client: TlsClient) => (await client.call('/astral/api/v1/events')).status;
    expect([await status(own), await status(stranger), await status(nobody)]).toEqual([200, 401, 401]);
    const headers = { authorization: 'Bearer poligon' };
    expect((await nobody.call('/astral/api/v1/events', { headers })).status).toBe(200);
  });

  it('DSS: the operator is the holder of the certificate', async () => {
    const path = '/STS/oauth/authorize/certificate?client_id=poligon&redirect_uri=urn:x';
    const { status, headers } = await own.call(path);
    expect(status).toBe(302);
    const code = new URL(String(headers.location)).searchParams.get('code')!;
    const form = new URLSearchParams({ grant_type: 'authorization_code', code, client_id: 'poligon' }).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const { text } = await own.call('/STS/oauth/token', { method: 'POST', headers: type, body: form });
    const authorization = `Bearer ${JSON.parse(text).access_token}`;
    const generate = {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: '{}',
    } as const;
    await own.call('/SignServer/rest/api/keys/generate', generate);
    const listed = await own.call('/SignServer/rest/api/certificates', { headers: { authorization } });
    expect(JSON.parse(listed.text)[0].DName).toBe('CN=Оператор Ольга');
    expect((await stranger.call(path)).status).toBe(401);
  });

  it('УЦ 2.0: the soap client with a certificate is answered, others are not', async () => {
    const { key, cert } = await enrolled(stand, 'Оператор Олег');
    const security = new ClientSSLSecurity(file('key.pem', key), file('cert.pem', cert), file('ca.pem', own.ca), {});
    const options = { disableCache: true, wsdl_options: { ca: own.ca, cert, key } };
    const client = await createClientAsync(`${stand.emulator.protocolUrl}/RA/RegAuthLegacyService.svc?wsdl`, options);
    client.setEndpoint(`${own.address}/RA/RegAuthLegacyService.svc`);
    client.setSecurity(security);
    const [{ totalRowCount }] = await client['GetUserRecordListAsync']({});
    expect(totalRowCount).toBe(0);
    const soap = { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' } as const;
    const path = '/RA/RegAuthLegacyService.svc';
    expect([(await nobody.call(path, soap)).status, (await stranger.call(path, soap)).status]).toEqual([403, 403]);
  });
});

describe('the TLS door', () => {
  it('believes the authorities of a given bundle, and no longer itself', async () => {
    const keyPair = suite.generateKeyPair();
    const root = CertificateAuthority.createRoot({ keyPair, subject: [attribute('CN', 'Другой УЦ')], ...validity });
    const bundle = file('bundle.pem', pem(root.certificate, 'CERTIFICATE'));
    const stand = await CaStand.start({ CA_TLS: 'true', CA_TLS_PORT: '0', CA_TLS_CLIENT_CA_FILE: bundle });
    const client = suite.generateKeyPair();
    const { der } = root.issue({ subject: [attribute('CN', 'x')], spki: client.spki, ...validity });
    const theirs = await TlsClient.of(stand, { key: client.privateKeyPem, cert: pem(der, 'CERTIFICATE') });
    const ours = await TlsClient.of(stand, await enrolled(stand, 'x'));
    const status = async (one: TlsClient) => (await one.call('/astral/api/v1/events')).status;
    expect([await status(theirs), await status(ours)]).toEqual([200, 401]);
    await stand.close();
  });

  it('is shut unless it is asked for, and tells of files it cannot read', async () => {
    const stand = await CaStand.start();
    expect((await stand.admin('GET', '/tls')).body).toEqual({ port: null, isOwnAuthority: false });
    expect((await stand.admin('GET', '/tls/ca.pem')).status).toBe(404);
    await stand.close();
    const settings = { CA_TLS: 'true', CA_TLS_PORT: '0', CA_TLS_CLIENT_CA_FILE: join(folder, 'none.pem') };
    await expect(CaStand.start(settings)).rejects.toThrow(/CA_TLS_CLIENT_CA_FILE: .*ENOENT/);
  });
});
