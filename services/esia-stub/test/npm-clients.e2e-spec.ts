import { createRequire } from 'node:module';
import { defaultPopulation as people, formatSnils } from '@poligon/people';
import { cookieOf, EsiaWorld, paramsOf, startEsia } from './esia-world.js';
import { call, makeIdentity, REDIRECT_URI } from './information-system.js';

/** The parts of the packages these tests call; neither ships types. */
interface EsiaClient {
  getAuth(): { readonly url: string; readonly params: { readonly state: string } };
  getAccess(
    code: string,
    paths: readonly string[],
  ): Promise<{
    readonly marker: { readonly response: { readonly state: string }; readonly decodedAccessToken: object };
    readonly data: readonly Record<string, unknown>[];
  }>;
}
interface PassportStrategy {
  redirect: (url: string) => void;
  error: (failure: Error) => void;
  success: () => void;
  fail: (challenge: unknown) => void;
  authenticate(request: object): void;
}

const load = createRequire(import.meta.url);
const person = people.person(1000);
const { keyPair, certificatePem } = makeIdentity('rsa-2048');
let esia: EsiaWorld;

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  await esia.admin('PUT', '/__admin/clients/NPM', { certificatePem, redirectUris: [REDIRECT_URI] });
});
afterAll(() => esia.emulator.close());

/** The user's part: follows the address to the login page and comes back with what the client gets. */
async function visit(url: string): Promise<URLSearchParams> {
  const first = await call(url);
  expect(first.headers['location']).toBe(`${esia.url}/login`);
  const headers = { cookie: cookieOf(first), 'poligon-person': person.phone };
  return paramsOf(await call(`${esia.url}/login`, { headers }));
}

describe('the npm client esia 0.2.3, unmodified', () => {
  it('logs in over generation 1 and reads person, contacts and documents', async () => {
    const connect = load('esia') as (config: object) => EsiaClient;
    const forge = load('node-forge') as {
      pki: { privateKeyFromPem(text: string): unknown; certificateFromPem(text: string): unknown };
    };
    const client = connect({
      esiaUrl: esia.url,
      clientId: 'NPM',
      redirectUri: REDIRECT_URI,
      scope: 'openid fullname snils email mobile id_doc',
      certificate: forge.pki.certificateFromPem(certificatePem),
      key: forge.pki.privateKeyFromPem(keyPair.privateKeyPem),
    });
    const { url, params } = client.getAuth();
    const back = await visit(url);
    expect(back.get('state')).toBe(params.state);
    const paths = ['/', '/ctts?embed=(elements)', '/docs?embed=(elements)'];
    const { marker, data } = await client.getAccess(back.get('code')!, paths);
    expect(marker.decodedAccessToken).toMatchObject({ 'urn:esia:sbj_id': person.esiaOid, client_id: 'NPM' });
    expect(data[0]).toMatchObject({ firstName: person.firstName, snils: formatSnils(person.snils) });
    expect(data[1]).toMatchObject({ size: 2 });
    expect(data[2]).toMatchObject({ elements: [{ type: 'RF_PASSPORT' }] });
  });
});

describe('the npm client passport-esia 0.0.5, unmodified', () => {
  const Strategy = load('passport-esia') as new (options: object, verify: () => void) => PassportStrategy;
  const strategy = () => {
    const made = new Strategy(
      {
        authorizationURL: `${esia.url}/aas/oauth2/ac`,
        tokenURL: `${esia.url}/aas/oauth2/te`,
        clientID: 'NPM',
        clientSecret: '',
        callbackURL: REDIRECT_URI,
        scope: 'openid fullname',
        certificate: certificatePem,
        key: keyPair.privateKeyPem,
      },
      () => undefined,
    );
    return made;
  };

  it('is led to the login page, and its empty secret at te is named', async () => {
    const first = strategy();
    const url = await new Promise<string>((resolve, reject) => {
      first.redirect = resolve;
      first.error = reject;
      first.authenticate({ query: {}, headers: {}, connection: {} });
    });
    const code = (await visit(url)).get('code')!;
    const second = strategy();
    const failure = await new Promise<Error>((resolve) => {
      second.error = resolve;
      second.fail = (challenge) => resolve(new Error(String(challenge)));
      second.authenticate({ query: { code }, headers: {}, connection: {} });
    });
    const { oauthError, message } = failure as Error & { oauthError?: { data?: string } };
    expect(`${message} ${oauthError?.data ?? ''}`).toMatch(/ESIA-007014.*\[client_secret\]/);
  });
});
