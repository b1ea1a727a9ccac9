import { attribute, CertificateAuthority, certificateHash, pem, signatureSuite, signCms } from '@poligon/pki';
import { readClientCertificate } from '../../../services/esia-stub/src/domain/client-certificate.js';
import type { Client } from '../../../services/esia-stub/src/domain/client.js';

export const MNEMONIC = 'FUZZ';
export const REDIRECT_URI = 'https://fuzz.example.test/cb';
const STATE = '5c1c9ed1-93a2-4b4e-9a34-6a1f8bb1a9d5';
const DAY_MS = 86_400_000;

/** An honest request: fields in the order they are written, and the string its signature covers. */
export interface SignedRequest {
  readonly generation: 'v1' | 'v3';
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly fields: Readonly<Record<string, string>>;
  readonly signed: string;
}

/** What honest clients send: the material mutations start from. */
export interface HonestClient {
  readonly client: Client;
  readonly requests: readonly SignedRequest[];
  /** CMS secrets of several kinds, all over `cmsText`. */
  readonly secrets: readonly Buffer[];
  readonly cmsText: string;
}

function makeIdentity(suiteId: 'gost2012-256' | 'rsa-2048', nowMs: number) {
  const keyPair = signatureSuite(suiteId).generateKeyPair();
  const { certificate } = CertificateAuthority.createRoot({
    keyPair,
    subject: [attribute('CN', suiteId)],
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + DAY_MS),
  });
  return { keyPair, certificate };
}

function timestampOf(ms: number): string {
  const [date, time] = new Date(ms).toISOString().slice(0, 19).split('T');
  return `${date!.replaceAll('-', '.')} ${time} +0000`;
}

/** Makes a client with a GOST and an RSA certificate and what it would send at `nowMs`; `oid` is a person to ask about. */
export function makeHonestClient(nowMs: number, oid: number): HonestClient {
  const [gost, rsa] = [makeIdentity('gost2012-256', nowMs), makeIdentity('rsa-2048', nowMs)];
  const timestamp = timestampOf(nowMs);
  const shared = { client_id: MNEMONIC, state: STATE, timestamp, redirect_uri: REDIRECT_URI };
  const cms = ({ keyPair, certificate }: typeof gost, text: string, detached: boolean): Buffer =>
    signCms({ keyPair, certificate, content: Buffer.from(text), signingTime: new Date(nowMs), detached });
  const raw = (text: string): string => gost.keyPair.sign(Buffer.from(text)).toString('base64url');
  const hash = certificateHash(gost.certificate, 'gost').toUpperCase();

  const authorization = { ...shared, scope: 'openid fullname', response_type: 'code', access_type: 'offline' };
  const system = {
    ...shared,
    scope: `http://esia.gosuslugi.ru/usr_inf?oid=${oid}`,
    grant_type: 'client_credentials',
    token_type: 'Bearer',
  };
  const v1Text = (scope: string): string => scope + timestamp + MNEMONIC + STATE;
  const v3Text = (scope: string): string => MNEMONIC + scope + timestamp + STATE + REDIRECT_URI;
  const v1 = (path: string, method: 'GET' | 'POST', fields: typeof authorization | typeof system): SignedRequest => {
    const signed = v1Text(fields.scope);
    const client_secret = cms(gost, signed, true).toString('base64url');
    return { generation: 'v1', path, method, fields: { ...fields, client_secret }, signed };
  };
  const v3 = (path: string, method: 'GET' | 'POST', fields: typeof authorization | typeof system): SignedRequest => {
    const signed = v3Text(fields.scope);
    const own = { client_certificate_hash: hash, client_secret: raw(signed) };
    return { generation: 'v3', path, method, fields: { ...fields, ...own }, signed };
  };
  const cmsText = v1Text('openid');
  return {
    client: clientOf([gost.certificate, rsa.certificate]),
    requests: [
      v1('/aas/oauth2/ac', 'GET', authorization),
      v3('/aas/oauth2/v2/ac', 'GET', authorization),
      v1('/aas/oauth2/te', 'POST', system),
      v3('/aas/oauth2/v3/te', 'POST', system),
    ],
    secrets: [gost, rsa].flatMap((one) => [true, false].map((detached) => cms(one, cmsText, detached))),
    cmsText,
  };
}

function clientOf(certificates: readonly Buffer[]): Client {
  return {
    mnemonic: MNEMONIC,
    certificates: certificates.map((der) => readClientCertificate(pem(der, 'CERTIFICATE'))),
    redirectUris: [REDIRECT_URI],
    scopes: undefined,
    consentTypes: undefined,
    requestAlgs: ['gost2012_256', 'rsa'],
    generations: ['v1', 'v3'],
    tokenAlg: undefined,
    isOfflineAllowed: true,
    isConsentAutomatic: undefined,
    loginAs: undefined,
  };
}
