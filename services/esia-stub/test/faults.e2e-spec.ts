import { verify, X509Certificate } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { defaultPopulation as people } from '@poligon/people';
import { cookieOf, EsiaWorld, paramsOf, readJwt, startEsia } from './esia-world.js';
import { call, encode, InformationSystem, makeIdentity } from './information-system.js';

const person = people.person(3);
const system = new InformationSystem('HRLINK', makeIdentity('gost2012-256'));
let esia: EsiaWorld;

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  await esia.register(system);
});
afterAll(() => esia.emulator.close());
beforeEach(async () => {
  await esia.admin('POST', '/__admin/reset');
});

const ALL = ['esia.*'];
const scope = 'openid fullname snils mobile id_doc';
const login = () => esia.login(system, person.snils, scope);
const back = (query = system.authorization()) => esia.walk(query, person.snils);

describe('a fault of tokens', () => {
  const cases: readonly (readonly [string, object, (answer: Awaited<ReturnType<typeof login>>) => void])[] = [
    ['id-token-missing', {}, (it) => expect(it.id_token).toBeUndefined()],
    ['refresh-not-issued', {}, (it) => expect(it.refresh_token).toBeUndefined()],
    ['expires-in-string', {}, (it) => expect(it.expires_in).toBe('3600')],
    ['wrong-issuer', {}, (it) => expect(readJwt(it.access_token).payload.iss).toBe('http://esia.gosuslugi.ru/')],
    ['alg-switched', {}, (it) => expect(readJwt(it.access_token).header.alg).toBe('GOST3410_2012_256')],
    ['oid-mismatch', {}, (it) => expect(readJwt(it.id_token).payload.sub).not.toBe(person.esiaOid)],
    [
      'unconfirmed-account',
      {},
      (it) => expect(readJwt(it.id_token).payload['urn:esia:sbj']).not.toHaveProperty('urn:esia:sbj:is_tru'),
    ],
    ['long-code', { padBytes: 5000 }, (it) => expect(it.code.length).toBeGreaterThan(6000)],
  ];
  it.each(cases)('%s shows in the answer', async (fault, options, check) => {
    await esia.fault(fault, ALL, options);
    check(await login());
  });

  it('bad-token-signature makes tokens that do not verify', async () => {
    await esia.fault('bad-token-signature', ['esia.v3.te']);
    const reply = await esia.rest(`/rs/prns/${person.esiaOid}`, (await login()).access_token);
    expect(reply.status).toBe(401);
  });
});

describe('a fault of the redirect', () => {
  it.each([
    ['state-lost', (state: string | null) => expect(state).toBeNull()],
    ['state-mismatch', (state: string | null) => expect(state).not.toBe('S')],
  ])('%s', async (fault, check) => {
    await esia.fault(fault, ALL);
    const params = await back(system.authorization({ state: 'S' }));
    expect(params.has('code')).toBe(true);
    check(params.get('state'));
  });

  it.each([
    ['user-denied', {}, 'ESIA-007004'],
    ['otp-impossible', {}, 'ESIA-007046'],
    ['unconfirmed-account', { person_filter: 'conf_acc' }, 'ESIA-007055'],
  ])('%s returns the user with its code', async (fault, extra, code) => {
    await esia.fault(fault, ALL);
    const params = await back(system.authorization({ state: 'S', ...extra }));
    expect(params.get('error_description')).toContain(code);
    expect(params.get('state')).toBe('S');
  });
});

describe('a fault of personal data', () => {
  const cases: readonly (readonly [string, object, string, (body: Record<string, unknown>) => void])[] = [
    ['field-missing', { fields: ['snils'] }, '', (it) => expect(it).not.toHaveProperty('snils')],
    ['account-deleted', {}, '', (it) => expect(it['status']).toBe('DELETED')],
    ['unconfirmed-account', {}, '', (it) => expect(it['trusted']).toBe(false)],
    ['passport-verifying', {}, '', (it) => expect(it['verifying']).toBe(true)],
    [
      'passport-verifying',
      { status: 'VERIFICATION_FAILED' },
      '/docs?embed=(elements)',
      (it) => expect(it['elements']).toMatchObject([{ vrfStu: 'NOT_VERIFIED', vrfValStu: 'VERIFICATION_FAILED' }]),
    ],
    [
      'contact-unverified',
      {},
      '/ctts?embed=(elements)',
      (it) => expect(it['elements']).toMatchObject([{ type: 'MBT', vrfStu: 'NOT_VERIFIED' }]),
    ],
    ['collection-size-lies', { by: 2 }, '/docs', (it) => expect(it['size']).toBe(3)],
  ];
  it.each(cases)('%s shows in the answer', async (fault, options, path, check) => {
    const { access_token } = await login();
    await esia.fault(fault, ['esia.rs.*'], options);
    check(JSON.parse((await esia.rest(`/rs/prns/${person.esiaOid}${path}`, access_token)).text));
  });
});

describe('other faults', () => {
  it('error-as-html answers JSON endpoints with a page', async () => {
    await esia.fault('error-as-html', ['esia.v3.te'], { status: 504 });
    const reply = await esia.te(system.codeForm('x'));
    expect([reply.status, reply.headers['content-type']]).toEqual([504, 'text/html']);
  });

  it('logout-ignored leaves the session alive', async () => {
    const pending = cookieOf(await esia.ac(system.authorization()));
    const entered = await esia.post('/login', encode({ login: person.phone, password: 'x' }), { cookie: pending });
    const cookie = cookieOf(entered);
    await esia.fault('logout-ignored', ['esia.logout']);
    await call(`${esia.url}/idp/ext/Logout?client_id=HRLINK`, { headers: { cookie } });
    expect(paramsOf(await esia.ac(system.authorization(), { cookie })).has('code')).toBe(true);
  });

  it('clock-skew moves the window, tokens and the Date header', async () => {
    await esia.fault('clock-skew', ['esia.v2.ac', 'esia.head'], { offsetS: -600 });
    expect(paramsOf(await esia.ac(system.authorization())).get('error_description')).toContain('ESIA-007015');
    const { headers } = await call(`${esia.url}/`, { method: 'HEAD' });
    expect(Date.parse(String(headers['date']))).toBeLessThan(Date.now() - 590_000);
  });

  it('date-header-wrong moves only the Date header', async () => {
    await esia.fault('date-header-wrong', ALL, { offsetS: 100 });
    const { headers } = await call(`${esia.url}/`, { method: 'HEAD' });
    expect(Date.parse(String(headers['date']))).toBeGreaterThan(Date.now() + 90_000);
    expect((await back()).has('code')).toBe(true);
  });

  it("error takes any catalogue entry in the part's own form", async () => {
    await esia.fault('error', ALL, { code: 'ESIA-007008' });
    const ac = await esia.ac(system.authorization({ state: 'S' }));
    expect([ac.status, paramsOf(ac).get('error'), paramsOf(ac).get('state')]).toEqual([
      302,
      'temporarily_unavailable',
      'S',
    ]);
    const te = await esia.te(system.codeForm('x'));
    expect([te.status, JSON.parse(te.text).error]).toEqual([503, 'temporarily_unavailable']);
    const rest = await esia.rest('/rs/prns/1', 'x');
    expect([rest.status, JSON.parse(rest.text).code]).toEqual([503, 'ESIA-007008']);
    const page = await call(`${esia.url}/login`);
    expect([page.status, page.text.includes('ESIA-007008')]).toEqual([503, true]);
  });
});

describe('presets', () => {
  const names = readdirSync(new URL('../src/faults/presets/', import.meta.url)).map((file) =>
    file.replace('.yaml', ''),
  );

  it.each(names)('%s can be applied', async (name) => {
    const { status, body } = await esia.admin('POST', `/__admin/presets/${name}`);
    expect([status, body.rules.length > 0]).toEqual([200, true]);
  });

  it.each([
    ['client-secret-wrong', 'ESIA-007053'],
    ['scope-not-granted', 'ESIA-007019'],
    ['date-skew', 'ESIA-007015'],
  ])('%s sends %s back from ac', async (preset, code) => {
    await esia.admin('POST', `/__admin/presets/${preset}`);
    expect(paramsOf(await esia.ac(system.authorization())).get('error_description')).toContain(code);
  });

  it('code-expired lets te refuse a code just issued', async () => {
    await esia.admin('POST', '/__admin/presets/code-expired');
    const reply = await esia.te(system.codeForm((await back()).get('code')!));
    expect(JSON.parse(reply.text).error_description).toContain('ESIA-007011');
  });

  it('users-unconfirmed strikes the same persons every time', async () => {
    await esia.admin('POST', '/__admin/presets/users-unconfirmed');
    const struck = async () => {
      const found: boolean[] = [];
      for (let index = 0; index < 30; index += 1) {
        const query = system.authorization({ person_filter: 'conf_acc' });
        found.push((await esia.walk(query, people.snilsOf(index))).has('error'));
      }
      return found;
    };
    const first = await struck();
    expect(new Set(first)).toEqual(new Set([true, false]));
    expect(await struck()).toEqual(first);
  });
});

it('names the person of every exchange in the journal', async () => {
  const { access_token } = await login();
  await esia.rest(`/rs/prns/${person.esiaOid}`, access_token);
  const { body } = await esia.admin('GET', '/__admin/journal?subject=person:3');
  expect(body.entries.map(({ operation }: { operation: string }) => operation)).toEqual([
    'esia.login.page',
    'esia.v3.te',
    'esia.rs.prns',
  ]);
});

describe('presets of whole conditions', () => {
  it('esia-internal-error answers ESIA-007007 in the form of each part', async () => {
    await esia.admin('POST', '/__admin/presets/esia-internal-error');
    const { body } = await esia.admin('GET', '/__admin/faults');
    expect(JSON.stringify(body)).toContain('ESIA-007007');
    await esia.admin('POST', '/__admin/reset');
    await esia.fault('error', ALL, { code: 'ESIA-007007' });
    const te = await esia.te(system.codeForm('x'));
    expect([te.status, JSON.parse(te.text).error]).toEqual([500, 'server_error']);
  });

  it('redirect-uri-rejected ends on the own page', async () => {
    await esia.admin('POST', '/__admin/presets/redirect-uri-rejected');
    const reply = await esia.ac(system.authorization());
    expect([reply.status, reply.text.includes('ESIA-007023')]).toEqual([400, true]);
  });

  it('signing-key-rotated makes tokens that the published certificate does not verify, and /rs accepts them', async () => {
    const { body: pem } = await esia.admin('GET', '/__admin/token-certificate.pem');
    await esia.admin('POST', '/__admin/presets/signing-key-rotated');
    const { access_token } = await login();
    const { signed, signature } = readJwt(access_token);
    expect(verify('RSA-SHA256', signed, new X509Certificate(pem).publicKey, signature)).toBe(false);
    expect((await esia.rest(`/rs/prns/${person.esiaOid}`, access_token)).status).toBe(200);
  });

  it('consent-revoked closes personal data and refresh, or single scopes', async () => {
    const { access_token, refresh_token } = await login();
    await esia.fault('consent-revoked', ['esia.rs.*'], { scopes: ['snils'] });
    const partly = await esia.rest(`/rs/prns/${person.esiaOid}`, access_token);
    expect(JSON.parse(partly.text)).not.toHaveProperty('snils');
    await esia.admin('POST', '/__admin/presets/consent-revoked');
    const refused = await esia.rest(`/rs/prns/${person.esiaOid}`, access_token);
    expect([refused.status, JSON.parse(refused.text).code]).toEqual([403, 'ESIA-005029']);
    expect((await esia.te(system.refreshFormA(refresh_token))).text).toContain('ESIA-007011');
  });

  it.each([
    ['token-expires-early', '', 401],
    ['scope-data-forbidden', '/docs', 403],
    ['element-404', '/docs/1', 404],
  ])('%s answers %s with %i', async (preset, path, status) => {
    const { access_token } = await login();
    await esia.admin('POST', `/__admin/presets/${preset}`);
    expect((await esia.rest(`/rs/prns/${person.esiaOid}${path}`, access_token)).status).toBe(status);
  });
});
