import { createSign } from 'node:crypto';
import { certificateHash } from '@poligon/pki';
import { defaultPopulation as people } from '@poligon/people';
import * as openid from 'openid-client';
import { cookieOf, EsiaWorld, startEsia } from './esia-world.js';
import { call, makeIdentity, REDIRECT_URI, timestampOf } from './information-system.js';

const person = people.person(2024);
const { keyPair, certificate, certificatePem } = makeIdentity('rsa-2048');
const hash = certificateHash(certificate, 'sha256').toUpperCase();
const sign = (...parts: readonly string[]) =>
  createSign('sha256').update(parts.join('')).sign(keyPair.privateKeyPem).toString('base64url');

/** What ESIA wants signed at `te`; the library leaves the way clients prove themselves to its user. */
const esiaSignature: openid.ClientAuth = (_server, client, body) => {
  body.set('client_id', client.client_id);
  const part = (name: string) => body.get(name) ?? '';
  const parts = ['client_id', 'scope', 'timestamp', 'state', 'redirect_uri', 'code'].map(part);
  body.set('client_secret', sign(...parts));
};

const tokenFields = () => ({
  scope: 'openid',
  state: openid.randomState(),
  timestamp: timestampOf(),
  token_type: 'Bearer',
  client_certificate_hash: hash,
});

function addressOf(config: openid.Configuration, scope: string, more: Record<string, string> = {}): URL {
  const [state, timestamp] = [openid.randomState(), timestampOf()];
  return openid.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope,
    state,
    timestamp,
    client_certificate_hash: hash,
    client_secret: sign('OPENID', scope, timestamp, state, REDIRECT_URI),
    access_type: 'offline',
    ...more,
  });
}

async function world(environment: Record<string, string>): Promise<EsiaWorld> {
  const esia = new EsiaWorld(await startEsia(environment));
  await esia.admin('PUT', '/__admin/clients/OPENID', { certificatePem, redirectUris: [REDIRECT_URI] });
  return esia;
}

/** The person's part: from the address of the library to the address the client is called at. */
async function visit(address: URL): Promise<URL> {
  const headers = { cookie: cookieOf(await call(address.href)), 'poligon-person': person.phone };
  return new URL(String((await call(new URL('/login', address).href, { headers })).headers['location']));
}

describe('the npm client openid-client 6.8.9, unmodified', () => {
  it('gets tokens without openid from ESIA as it is, with its addresses given by hand', async () => {
    const esia = await world({});
    const server = {
      issuer: 'http://esia-portal1.test.gosuslugi.ru/',
      authorization_endpoint: `${esia.url}/aas/oauth2/v2/ac`,
      token_endpoint: `${esia.url}/aas/oauth2/v3/te`,
    };
    const config = new openid.Configuration(server, 'OPENID', undefined, esiaSignature);
    openid.allowInsecureRequests(config);
    const address = addressOf(config, 'fullname snils');
    const back = await visit(address);
    const expectedState = address.searchParams.get('state')!;
    const tokens = await openid.authorizationCodeGrant(config, back, { expectedState }, tokenFields());
    const reply = await esia.rest(`/rs/prns/${person.esiaOid}`, tokens.access_token);
    expect(JSON.parse(reply.text)).toMatchObject({ firstName: person.firstName });
    expect((await call(`${esia.url}/.well-known/openid-configuration`)).status).toBe(404);
    expect((await call(`${esia.url}/oidc/jwks`)).status).toBe(404);
    await esia.emulator.close();
  });

  it('discovers, checks id_token, nonce and signature, reads userinfo and refreshes with the extension', async () => {
    const esia = await world({ ESIA_OIDC: 'true' });
    const discovery = new URL(`${esia.url}/.well-known/openid-configuration`);
    const options = { execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks] };
    const config = await openid.discovery(discovery, 'OPENID', undefined, esiaSignature, options);
    const nonce = openid.randomNonce();
    const address = addressOf(config, 'openid fullname email', { nonce });
    const back = await visit(address);
    const checks = { expectedState: address.searchParams.get('state')!, expectedNonce: nonce, idTokenExpected: true };
    const tokens = await openid.authorizationCodeGrant(config, back, checks, tokenFields());
    expect(tokens.claims()).toMatchObject({ sub: String(person.esiaOid), nonce, amr: ['pwd'] });
    const claims = await openid.fetchUserInfo(config, tokens.access_token, String(person.esiaOid));
    expect(claims).toMatchObject({ given_name: person.firstName, email: person.email });
    expect(claims).not.toHaveProperty('snils');
    const more = { ...tokenFields(), redirect_uri: REDIRECT_URI };
    const next = await openid.refreshTokenGrant(config, tokens.refresh_token!, more);
    expect(next.refresh_token).not.toBe(tokens.refresh_token);
    await esia.emulator.close();
  });

  it('reads an error of ESIA', async () => {
    const esia = await world({ ESIA_OIDC: 'true' });
    const refused = await call(`${esia.url}/oidc/userinfo`);
    expect([refused.status, JSON.parse(refused.text).code]).toEqual([401, 'ESIA-005011']);
    await esia.emulator.close();
  });
});
