import { attribute, CertificateAuthority, certificateHash, pem, signatureSuite } from '@poligon/pki';
import { Pool, request } from 'undici';

const MNEMONIC = 'BENCH';
const REDIRECT_URI = 'https://bench.example.test/cb';
const SCOPE = 'openid fullname snils';
const DAY_MS = 86_400_000;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

const nowMs = (): number => performance.timeOrigin + performance.now();

/** An information system that logs people in over generation 3 with GOST signatures. */
export class EsiaClient {
  private readonly keyPair = signatureSuite('gost2012-256').generateKeyPair();
  private readonly certificate = CertificateAuthority.createRoot({
    keyPair: this.keyPair,
    subject: [attribute('CN', MNEMONIC)],
    notBefore: new Date(nowMs() - DAY_MS),
    notAfter: new Date(nowMs() + DAY_MS),
  }).certificate;
  private readonly hash = certificateHash(this.certificate, 'gost').toUpperCase();
  private readonly pool: Pool;
  private serial = 0;

  constructor(port: number, connections: number) {
    this.pool = new Pool(`http://127.0.0.1:${port}`, { connections });
  }

  /** Registers itself at the admin door. */
  async register(adminUrl: string): Promise<void> {
    const client = { certificatePem: pem(this.certificate, 'CERTIFICATE'), redirectUris: [REDIRECT_URI] };
    const { statusCode, body } = await request(`${adminUrl}/__admin/clients/${MNEMONIC}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(client),
    });
    if (statusCode !== 200) throw new Error(await body.text());
    await body.dump();
  }

  /** ac, login page, te, person. @throws Error when a step is not answered as it must be */
  async login(phone: string, oid: number): Promise<void> {
    const first = await this.call('GET', `/aas/oauth2/v2/ac?${this.fields({ response_type: 'code' })}`);
    const cookie = String(first.headers['set-cookie']).split(';', 1)[0]!;
    const page = await this.call('GET', '/login', { headers: { cookie, 'poligon-person': phone } });
    const code = new URL(String(page.headers['location'])).searchParams.get('code');
    if (code === null) throw new Error(`no code: ${page.status}`);
    const form = this.fields({ grant_type: 'authorization_code', token_type: 'Bearer', code });
    const te = await this.call('POST', '/aas/oauth2/v3/te', { headers: FORM, body: form });
    const { access_token } = JSON.parse(te.text) as { access_token: string };
    const authorization = `Bearer ${access_token}`;
    const person = await this.call('GET', `/rs/prns/${oid}`, { headers: { authorization } });
    if (person.status !== 200) throw new Error(`person: ${person.status}`);
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** Signed fields; `code` is the last part of the signed string. */
  private fields(more: Readonly<Record<string, string>>): string {
    const [date, time] = new Date(nowMs()).toISOString().slice(0, 19).split('T');
    const timestamp = `${date!.replaceAll('-', '.')} ${time} +0000`;
    const state = `bench-${(this.serial += 1)}`;
    const signed = MNEMONIC + SCOPE + timestamp + state + REDIRECT_URI + (more['code'] ?? '');
    return new URLSearchParams({
      client_id: MNEMONIC,
      scope: SCOPE,
      timestamp,
      state,
      redirect_uri: REDIRECT_URI,
      client_certificate_hash: this.hash,
      client_secret: this.keyPair.sign(Buffer.from(signed)).toString('base64url'),
      ...more,
    }).toString();
  }

  private async call(
    method: 'GET' | 'POST',
    path: string,
    more: { headers?: Record<string, string>; body?: string } = {},
  ) {
    const { statusCode, headers, body } = await this.pool.request({ method, path, ...more });
    return { status: statusCode, headers, text: await body.text() };
  }
}
