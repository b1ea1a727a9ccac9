import { defaultPopulation as people } from '@poligon/people';
import { cookieOf, EsiaWorld, paramsOf, readJwt, startEsia, type TokenAnswer } from './esia-world.js';
import { call, InformationSystem, makeIdentity, timestampOf, type Answer, type Fields } from './information-system.js';
import { ownSigner, V1System } from './v1-system.js';

const person = people.person(77);
const gost = makeIdentity('gost2012-256');
const rsa = makeIdentity('rsa-2048');
const detached = new V1System('HRLINK', gost, ownSigner(gost));
const attached = new V1System('775607_DP', rsa, ownSigner(rsa, false));
let esia: EsiaWorld;

const register = ({ mnemonic, identity: { certificatePem } }: V1System, more: object = {}) =>
  esia.admin('PUT', `/__admin/clients/${mnemonic}`, { certificatePem, redirectUris: ['hr.example.test'], ...more });

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  for (const system of [detached, attached]) await register(system);
});
afterAll(() => esia.emulator.close());

const ac = (query: string): Promise<Answer> => call(`${esia.url}/aas/oauth2/ac?${query}`);
const te = (form: string): Promise<Answer> => esia.post('/aas/oauth2/te', form);

async function codeFor(system: V1System, before: Fields = {}): Promise<string> {
  const first = await ac(system.authorization(before));
  expect(first.headers['location']).toBe(`${esia.url}/login`);
  const headers = { cookie: cookieOf(first), 'poligon-person': person.phone };
  return paramsOf(await call(`${esia.url}/login`, { headers })).get('code')!;
}

async function tokensFor(system: V1System, before: Fields = {}): Promise<TokenAnswer> {
  const reply = await te(system.codeForm(await codeFor(system, before)));
  expect(reply.status).toBe(200);
  return JSON.parse(reply.text) as TokenAnswer;
}

const lastNote = async () => (await esia.notes('esia.signature')).at(-1)!;

describe('generation 1', () => {
  it.each([
    ['a detached GOST CMS', detached],
    ['an attached RSA CMS', attached],
  ])('logs a person in with %s and refreshes', async (_, system) => {
    const tokens = await tokensFor(system);
    expect(Object.keys(tokens)).toEqual('access_token refresh_token id_token state token_type expires_in'.split(' '));
    expect(readJwt(tokens.access_token).payload).toMatchObject({
      client_id: system.mnemonic,
      'urn:esia:sbj_id': person.esiaOid,
    });
    expect((await esia.rest(`/rs/prns/${person.esiaOid}`, tokens.access_token)).status).toBe(200);
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    const renewed = await te(system.form(refresh));
    expect(renewed.status).toBe(200);
    expect(JSON.parse((await te(system.form(refresh))).text).error_description).toMatch(/^ESIA-007011/);
  });

  it('issues a refresh token only for offline access', async () => {
    expect(await tokensFor(detached, { access_type: undefined })).not.toHaveProperty('refresh_token');
  });

  it('ignores what old clients send beside', async () => {
    const code = await codeFor(detached);
    const form = detached.codeForm(code, {}, { refresh_token: 'x', response_type: 'token' });
    expect((await esia.post(`/aas/oauth2/te?timestamp=${encodeURIComponent(timestampOf())}`, form)).status).toBe(200);
  });

  it('does not need the fields of the next generation', async () => {
    expect((await ac(detached.authorization({}, { client_certificate_hash: undefined }))).status).toBe(302);
  });
});

describe('generation 1 refuses', () => {
  const other = makeIdentity('gost2012-256');
  const expired = makeIdentity('gost2012-256', { toMs: Date.now() - 60_000 });
  const raw = new V1System('HRLINK', gost, (text) => gost.keyPair.sign(Buffer.from(text)));
  const stranger = new V1System('HRLINK', other, ownSigner(other));
  const foreign = new V1System('HRLINK', rsa, ownSigner(rsa));
  const dead = new V1System('DEAD', expired, ownSigner(expired));
  const otherText = new V1System('HRLINK', gost, (text) => ownSigner(gost, false)(`${text}!`));
  const garbage = new V1System('HRLINK', gost, () => Buffer.from('3003020100', 'hex'));

  const cases: readonly (readonly [string, V1System, Fields, string, RegExp])[] = [
    ['a raw signature', raw, {}, 'ESIA-007005', /^raw-signature/],
    ['a CMS of nothing', garbage, {}, 'ESIA-007005', /^bad-cms/],
    ['another attached text', otherText, {}, 'ESIA-007005', /^wrong-concatenation/],
    ['an unregistered certificate', stranger, {}, 'ESIA-007005', /^unknown-certificate/],
    ['the certificate of another client', foreign, {}, 'ESIA-007002', /^wrong-key: .*775607_DP/],
    ['an expired certificate', dead, {}, 'ESIA-007002', /^certificate-inactive/],
    ['a field changed after signing', detached, { scope: 'openid inn' }, 'ESIA-007005', /^bad-cms/],
    ['text that is not base64', detached, { client_secret: '*' }, 'ESIA-007005', /^not-base64/],
  ];
  it.each(cases)('%s', async (_, system, changes, code, cause) => {
    await register(dead);
    const reply = await ac(system.authorization({}, changes));
    expect(paramsOf(reply).get('error_description')).toMatch(new RegExp(`^${code}`));
    const { outcome, wire } = await lastNote();
    expect(outcome).toMatch(cause);
    expect(wire).toHaveProperty('expectedString');
    const atTe = await te(system.codeForm('x', {}, changes));
    expect(JSON.parse(atTe.text).error_description).toMatch(new RegExp(`^${code}`));
  });

  it('a client without a certificate with ESIA-007002', async () => {
    const bare = new V1System('BARE', gost, ownSigner(gost));
    await esia.admin('PUT', '/__admin/clients/BARE', { certificatesPem: [], redirectUris: ['hr.example.test'] });
    expect(paramsOf(await ac(bare.authorization())).get('error_description')).toMatch(/^ESIA-007002/);
  });

  it.each(['client_id', 'client_secret', 'redirect_uri', 'response_type', 'state', 'timestamp'])(
    'a request without %s with ESIA-007014',
    async (name) => {
      const reply = await ac(detached.authorization({}, { [name]: undefined }));
      const text = reply.status === 302 ? paramsOf(reply).get('error_description')! : reply.text;
      expect(text).toContain(`[${name}]`);
    },
  );

  it('RSA keys on a production-like stand with ESIA-007005', async () => {
    const production = new EsiaWorld(await startEsia({ ESIA_STAND: 'production-like' }));
    const { certificatePem } = attached.identity;
    const client = { certificatePem, redirectUris: ['hr.example.test'] };
    await production.admin('PUT', `/__admin/clients/${attached.mnemonic}`, client);
    const reply = await call(`${production.url}/aas/oauth2/ac?${attached.authorization()}`);
    await production.emulator.close();
    expect(paramsOf(reply).get('error_description')).toMatch(/^ESIA-007005/);
  });

  it('everybody when switched off, and clients limited to the other generation', async () => {
    const without = new EsiaWorld(await startEsia({ ESIA_V1: 'false' }));
    await without.register(new InformationSystem('HRLINK', gost));
    const reply = await call(`${without.url}/aas/oauth2/ac?${detached.authorization()}`);
    await without.emulator.close();
    expect(paramsOf(reply).get('error_description')).toMatch(/^ESIA-007005/);

    const modern = new InformationSystem('MODERN', gost);
    await esia.register(modern, { generations: ['v3'] });
    const old = new V1System('MODERN', gost, ownSigner(gost));
    expect(paramsOf(await ac(old.authorization())).get('error_description')).toMatch(/^ESIA-007005/);
    expect((await esia.ac(modern.authorization())).headers['location']).toBe(`${esia.url}/login`);
  });

  it('its CMS at the endpoints of the next generation with ESIA-007053', async () => {
    const modern = new InformationSystem('HRLINK', gost);
    const client_secret = new URLSearchParams(detached.authorization()).get('client_secret')!;
    const reply = await esia.ac(modern.authorization({}, { client_secret }));
    expect(paramsOf(reply).get('error_description')).toMatch(/^ESIA-007053/);
    expect((await lastNote()).outcome).toMatch(/^cms-blob/);
  });
});
