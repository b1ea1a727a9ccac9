import { defaultPopulation as people } from '@poligon/people';
import { EsiaWorld, paramsOf, startEsia } from './esia-world.js';
import { call, InformationSystem, makeIdentity, REDIRECT_URI, timestampOf } from './information-system.js';
import { streebog256 } from '@poligon/pki';

const person = people.person(7);
let esia: EsiaWorld;
const system = new InformationSystem('HRLINK', makeIdentity('gost2012-256'));

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  await esia.register(system);
});
afterAll(() => esia.emulator.close());

const isAccepted = async (query: string) => (await esia.ac(query)).headers['location'] === `${esia.url}/login`;

describe('client quirks', () => {
  it('accepts all three base64 alphabets and any letter case of the hash', async () => {
    for (const alphabet of ['url', 'padded', 'standard'] as const) {
      const query = new URLSearchParams(system.authorization());
      const bytes = Buffer.from(query.get('client_secret')!, 'base64url');
      const standard = bytes.toString('base64');
      const forms = {
        url: bytes.toString('base64url'),
        padded: standard.replaceAll('+', '-').replaceAll('/', '_'),
        standard,
      };
      query.set('client_secret', forms[alphabet]);
      query.set('client_certificate_hash', system.hash.toLowerCase());
      expect(await isAccepted(query.toString())).toBe(true);
    }
  });

  it('accepts an empty scope_org and one that is signed', async () => {
    expect(await isAccepted(system.authorization({ scope_org: '' }))).toBe(true);
    expect(await isAccepted(system.authorization({ scope_org: 'org_shortname' }))).toBe(true);
  });

  it('accepts a timestamp in a local zone', async () => {
    const local = timestampOf(Date.now() + 4 * 3_600_000).replace('+0000', '+0400');
    expect(await isAccepted(system.authorization({ timestamp: local }))).toBe(true);
  });

  it('accepts client id and secret in a Basic header', async () => {
    const code = (await esia.walk(system.authorization(), person.snils)).get('code')!;
    const form = new URLSearchParams(system.codeForm(code));
    const basic = Buffer.from(`${form.get('client_id')}:${form.get('client_secret')}`).toString('base64');
    form.delete('client_id');
    form.delete('client_secret');
    expect((await esia.te(form.toString(), { authorization: `Basic ${basic}` })).status).toBe(200);
  });

  it('accepts a redirect_uri encoded twice and says so in the journal', async () => {
    const code = (await esia.walk(system.authorization(), person.snils)).get('code')!;
    const form = system.codeForm(code, {}, { redirect_uri: encodeURIComponent(REDIRECT_URI) });
    expect((await esia.te(form)).status).toBe(200);
    expect((await esia.notes('esia.leniency')).at(-1)!.outcome).toBe('redirect_uri encoded twice');
  });

  it.each(['//login', '/login/', '//aas//oauth2/v2/ac/', '/public//esia.zip/'])('knows %s', async (path) => {
    expect((await call(esia.url + path)).status).not.toBe(404);
  });

  it.each(['/.well-known/openid-configuration', '/.well-known/jwks.json', '/userinfo', '/digital/api/public/v1/x'])(
    'answers 404 for %s',
    async (path) => {
      expect((await call(esia.url + path)).status).toBe(404);
    },
  );

  it('tells its time in the Date header of HEAD /, shifted with the clock', async () => {
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 3_600_000 });
    const reply = await call(`${esia.url}/`, { method: 'HEAD' });
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 0 });
    expect(reply.status).toBe(200);
    expect(Date.parse(String(reply.headers['date'])) - Date.now()).toBeGreaterThan(3_500_000);
  });
});

describe('PKCE with Streebog', () => {
  const verifier = 'a-verifier-of-the-client';
  const code_challenge = streebog256(Buffer.from(verifier)).toString('base64url');
  const codeFor = async (extra: Record<string, string>) =>
    (await esia.walk(system.authorization(extra), person.snils)).get('code')!;

  it.each([
    ['the right verifier', { code_challenge, code_challenge_method: 'GOST3411' }, verifier, undefined],
    ['a wrong verifier', { code_challenge, code_challenge_method: 'GOST3411' }, 'wrong', 'ESIA-007040'],
    ['no verifier', { code_challenge, code_challenge_method: 'GOST3411' }, undefined, 'ESIA-007040'],
    ['a verifier without a challenge', {}, verifier, 'ESIA-007039'],
  ])('with %s', async (_, extra, code_verifier, error) => {
    const reply = await esia.te(system.codeForm(await codeFor(extra), {}, { code_verifier }));
    if (error === undefined) expect(reply.status).toBe(200);
    else expect(JSON.parse(reply.text).error_description).toContain(error);
  });
});

it('returns errors with state to an address that has a query of its own', async () => {
  const query = system.authorization({
    redirect_uri: `${REDIRECT_URI}?tenant=1`,
    scope: 'openid nonsense',
    state: 'S',
  });
  const reply = await esia.ac(query);
  expect(String(reply.headers['location'])).toBe(
    `${REDIRECT_URI}?tenant=1&error_description=ESIA-007006%3A+The+requested+scope+is+invalid%2C+unknown%2C+or+malformed&state=S&error=invalid_scope`,
  );
  expect(paramsOf(reply).get('tenant')).toBe('1');
});
