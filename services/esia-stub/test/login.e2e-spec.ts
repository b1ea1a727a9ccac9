import { defaultPopulation as people, formatSnils } from '@poligon/people';
import { cookieOf, EsiaWorld, paramsOf, readJwt, startEsia } from './esia-world.js';
import { call, encode, InformationSystem, makeIdentity, type Answer } from './information-system.js';

const person = people.person(100);
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

const login = (cookie: string, fields: Record<string, string>, world = esia) =>
  world.post('/login', encode(fields), { cookie });
const oidIn = (answer: Answer) => readJwt(paramsOf(answer).get('code')!).payload['urn:esia:sbj']['urn:esia:sbj:oid'];

describe('the login page', () => {
  it('is an accessible form in Russian that a script can fill', async () => {
    const cookie = cookieOf(await esia.ac(system.authorization()));
    const page = await call(`${esia.url}/login`, { headers: { cookie } });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('<html lang="ru">');
    expect(page.text).toMatch(/<form method="post" action="\/login">/);
    for (const name of ['login', 'password']) {
      expect(page.text).toMatch(new RegExp(`<label for="${name}">`));
      expect(page.text).toMatch(new RegExp(`<input id="${name}" name="${name}"`));
    }
  });

  it.each([
    ['phone', person.phone],
    ['phone with brackets', `8 (${person.phone.slice(1, 4)}) ${person.phone.slice(4)}`],
    ['СНИЛС', formatSnils(person.snils)],
    ['e-mail', person.email.toUpperCase()],
  ])('takes the %s', async (_, text) => {
    const back = await login(cookieOf(await esia.ac(system.authorization())), { login: text, password: 'x' });
    expect(oidIn(back)).toBe(person.esiaOid);
  });

  it.each([
    ['an unknown login', { login: '79160000000', password: 'x' }],
    ['an empty password', { login: person.phone, password: '' }],
    ['no fields', {}],
    ['an endless login', { login: '9'.repeat(5000), password: 'x' }],
  ])('is shown again for %s', async (_, fields) => {
    const back = await login(cookieOf(await esia.ac(system.authorization())), fields);
    expect(back.status).toBe(401);
    expect(back.text).toContain('role="alert"');
  });

  it('escapes what was typed', async () => {
    const back = await login(cookieOf(await esia.ac(system.authorization())), { login: '"><script>', password: 'x' });
    expect(back.text).not.toContain('<script>');
    expect(back.text).toContain('value="&quot;&gt;&lt;script&gt;"');
  });

  it.each([
    ['without a request', ''],
    ['with a cookie of nobody', 'esia_pending=00000000-0000-4000-8000-000000000000'],
  ])('has nothing to show %s', async (_, cookie) => {
    for (const reply of [await call(`${esia.url}/login`, { headers: { cookie } }), await login(cookie, {})]) {
      expect(reply.status).toBe(400);
      expect(reply.text).toContain('Начните вход заново');
    }
  });

  it('answers one request once', async () => {
    const cookie = cookieOf(await esia.ac(system.authorization()));
    const fields = { login: person.phone, password: 'x' };
    expect((await login(cookie, fields)).status).toBe(302);
    expect((await login(cookie, fields)).status).toBe(400);
  });

  it("checks the password against the person's SNILS when told to", async () => {
    const strict = new EsiaWorld(await startEsia({ ESIA_CHECK_PASSWORD: 'true' }));
    await strict.register(system);
    const cookie = cookieOf(await strict.ac(system.authorization()));
    expect((await login(cookie, { login: person.phone, password: 'guess' }, strict)).status).toBe(401);
    expect((await login(cookie, { login: person.phone, password: person.snils }, strict)).status).toBe(302);
    await strict.emulator.close();
  });
});

describe('automatic login', () => {
  const show = (cookie: string, headers: Record<string, string> = {}) =>
    call(`${esia.url}/login`, { headers: { cookie, ...headers } });

  it.each([
    ['header', (cookie: string) => show(cookie, { 'poligon-person': person.snils })],
    ['cookie', (cookie: string) => show(`${cookie}; poligon-person=${encodeURIComponent(`+${person.phone}`)}`)],
  ])('takes the person of the %s poligon-person', async (_, visit) => {
    expect(oidIn(await visit(cookieOf(await esia.ac(system.authorization()))))).toBe(person.esiaOid);
  });

  it('shows the form when the header names nobody, or is switched off', async () => {
    const cookie = cookieOf(await esia.ac(system.authorization()));
    expect((await show(cookie, { 'poligon-person': 'nobody' })).status).toBe(200);
    const off = new EsiaWorld(await startEsia({ ESIA_AUTO_LOGIN: 'off' }));
    await off.register(system);
    const other = cookieOf(await off.ac(system.authorization()));
    const headers = { cookie: other, 'poligon-person': person.snils };
    expect((await call(`${off.url}/login`, { headers })).status).toBe(200);
    await off.emulator.close();
  });

  it.each([
    ['oid', { oid: person.esiaOid }],
    ['snils', { snils: person.snils }],
    ['phone', { phone: `+${person.phone}` }],
  ])('takes the person pre-authorised by %s for the state, once', async (_, hint) => {
    const state = 'pre-authorised';
    expect((await esia.admin('PUT', `/__admin/logins/${state}`, hint)).body).toEqual({ state, oid: person.esiaOid });
    expect(oidIn(await show(cookieOf(await esia.ac(system.authorization({ state })))))).toBe(person.esiaOid);
    expect((await show(cookieOf(await esia.ac(system.authorization({ state }))))).status).toBe(200);
  });

  it("takes the person of the client's rule", async () => {
    const single = new InformationSystem('SINGLE', system.identity);
    await esia.register(single, { loginAs: { phone: person.phone } });
    expect(oidIn(await show(cookieOf(await esia.ac(single.authorization()))))).toBe(person.esiaOid);
  });
});

describe('single sign-on', () => {
  const signIn = async () => {
    const cookie = cookieOf(await esia.ac(system.authorization()));
    return login(cookie, { login: person.phone, password: 'x' });
  };

  it('skips the login page and keeps sid and time of login', async () => {
    const first = await signIn();
    const again = await esia.ac(system.authorization(), { cookie: cookieOf(first) });
    const [before, after] = [first, again].map((answer) => readJwt(paramsOf(answer).get('code')!).payload);
    expect(after['urn:esia:sid']).toBe(before['urn:esia:sid']);
    expect(after.auth_time).toBe(before.auth_time);
  });

  it('does not count when another person is named', async () => {
    const cookie = cookieOf(await signIn());
    const other = people.snilsOf(5);
    const reply = await esia.ac(system.authorization(), { cookie, 'poligon-person': other });
    expect(reply.headers['location']).toBe(`${esia.url}/login`);
  });

  it('is ended by Logout, which returns to redirect_url or shows a page', async () => {
    const cookie = cookieOf(await signIn());
    const target = 'https://hr.example.test/bye?x=1';
    const out = await call(`${esia.url}/idp/ext/Logout?${encode({ client_id: 'HRLINK', redirect_url: target })}`, {
      headers: { cookie },
    });
    expect([out.status, out.headers['location']]).toEqual([302, target]);
    expect(String(out.headers['set-cookie'])).toContain('Max-Age=0');
    expect((await esia.ac(system.authorization(), { cookie })).headers['location']).toBe(`${esia.url}/login`);
    expect((await call(`${esia.url}/idp/ext/Logout?client_id=HRLINK`)).text).toContain('Сеанс завершён');
  });

  it.each([
    ['no client_id', '', 'ESIA-007014'],
    ['an unknown client', 'client_id=NOBODY', 'ESIA-007005'],
    ['a script address', 'client_id=HRLINK&redirect_url=javascript:1', 'ESIA-007003'],
  ])('shows an error for a Logout with %s', async (_, query, code) => {
    const reply = await call(`${esia.url}/idp/ext/Logout?${query}`);
    expect([reply.status, reply.text.includes(code)]).toEqual([400, true]);
  });

  it('ends after its life', async () => {
    const cookie = cookieOf(await signIn());
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 10_801_000 });
    const late = new Date(Date.now() + 10_801_000).toISOString().slice(0, 19).replaceAll('-', '.').replace('T', ' ');
    const reply = await esia.ac(system.authorization({ timestamp: `${late} +0000` }), { cookie });
    expect(reply.headers['location']).toBe(`${esia.url}/login`);
  });
});

describe('consent', () => {
  const asking = new InformationSystem('ASKING', system.identity);
  beforeEach(() => esia.register(asking, { autoConsent: false }));

  async function arrive(scope = 'openid fullname') {
    const pending = cookieOf(await esia.ac(asking.authorization({ scope, state: 'S' })));
    const entered = await login(pending, { login: person.phone, password: 'x' });
    expect(entered.headers['location']).toBe(`${esia.url}/aas/oauth2/consent`);
    return { cookie: `${pending}; ${cookieOf(entered)}`, session: cookieOf(entered) };
  }

  it('is asked for with the scopes named, and given once', async () => {
    const { cookie, session } = await arrive();
    const page = await call(`${esia.url}/aas/oauth2/consent`, { headers: { cookie } });
    expect(page.text).toContain('<li>fullname</li>');
    expect(page.text).toContain(person.lastName);
    const back = await esia.post('/aas/oauth2/consent', 'decision=allow', { cookie });
    expect(paramsOf(back).has('code')).toBe(true);
    const again = await esia.ac(asking.authorization({ scope: 'openid' }), { cookie: session });
    expect(paramsOf(again).has('code')).toBe(true);
    const wider = await esia.ac(asking.authorization({ scope: 'openid snils' }), { cookie: session });
    expect(wider.headers['location']).toBe(`${esia.url}/aas/oauth2/consent`);
  });

  it('refused sends ESIA-007004 back with the state', async () => {
    const { cookie } = await arrive();
    const back = await esia.post('/aas/oauth2/consent', 'decision=deny', { cookie });
    expect(back.status).toBe(302);
    expect(paramsOf(back).get('error')).toBe('access_denied');
    expect(paramsOf(back).get('error_description')).toMatch(/^ESIA-007004: /);
    expect(paramsOf(back).get('state')).toBe('S');
    expect((await esia.post('/aas/oauth2/consent', 'decision=allow', { cookie })).status).toBe(400);
  });

  it('leads to login without a session', async () => {
    const pending = cookieOf(await esia.ac(asking.authorization()));
    const reply = await call(`${esia.url}/aas/oauth2/consent`, { headers: { cookie: pending } });
    expect(reply.headers['location']).toBe(`${esia.url}/login`);
  });
});
