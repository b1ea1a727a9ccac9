import { defaultPopulation as people } from '@poligon/people';
import { cookieOf, EsiaWorld, paramsOf, readJwt, startEsia } from './esia-world.js';
import { call, encode, InformationSystem, makeIdentity, REDIRECT_URI, timestampOf } from './information-system.js';
import { ownSigner, V1System } from './v1-system.js';

const person = people.person(700);
const employer = people.organisation(person.employerIndex);
const foreign = people.organisation(person.employerIndex + 1);
const identity = makeIdentity('gost2012-256');
const system = new InformationSystem('HRLINK', identity);
const old = new V1System('HRLINK', identity, ownSigner(identity));
let esia: EsiaWorld;

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  await esia.register(system);
});
afterAll(() => esia.emulator.close());
beforeEach(async () => {
  await esia.admin('POST', '/__admin/reset');
});

const orgScope = (oid: number, ...names: readonly string[]) =>
  names.map((name) => `http://esia.gosuslugi.ru/${name}?org_oid=${oid}`).join(' ');

/** Body of a client_credentials request of generation 3. */
function systemForm(scope: string): string {
  const [timestamp, state] = [timestampOf(), '9f1c2f4e-3f0a-4c35-8a54-0a6d3a6f2a11'];
  const client_secret = system.sign('HRLINK', scope, timestamp, state, REDIRECT_URI);
  const fields = { client_id: 'HRLINK', scope, timestamp, state, redirect_uri: REDIRECT_URI, client_secret };
  return encode({ ...fields, grant_type: 'client_credentials', token_type: 'Bearer', response_type: 'token' });
}

const tokenOf = (text: string) => (JSON.parse(text) as { access_token: string }).access_token;
const errorOf = (text: string) => (JSON.parse(text) as { error_description: string }).error_description;

describe('memberships of a person', () => {
  it('link the employer and describe the role', async () => {
    const { access_token } = await esia.login(system, person.phone, 'openid usr_org');
    const get = async (tail: string) =>
      JSON.parse((await esia.rest(`/rs/prns/${person.esiaOid}${tail}`, access_token)).text);
    expect((await get('/orgs')).elements).toEqual([`${esia.url}/rs/orgs/${employer.esiaOid}`]);
    const roles = await get('/roles');
    expect(roles).not.toHaveProperty('eTag');
    expect(roles.elements).toMatchObject([{ oid: employer.esiaOid, prnOid: person.esiaOid, ogrn: employer.ogrn }]);
    const { organizations } = await get('?embed=(organizations.elements)');
    expect(organizations.elements).toMatchObject([{ oid: employer.esiaOid, inn: employer.inn }]);
  });

  it('are refused without usr_org', async () => {
    const { access_token } = await esia.login(system, person.phone, 'openid');
    for (const name of ['orgs', 'roles']) {
      const reply = await esia.rest(`/rs/prns/${person.esiaOid}/${name}`, access_token);
      expect([reply.status, JSON.parse(reply.text).code]).toEqual([403, 'ESIA-005029']);
    }
  });
});

describe('a second token by client_credentials', () => {
  const scope = orgScope(employer.esiaOid, 'org_shortname', 'org_inn', 'org_ctts', 'org_grps', 'org_emps');

  it.each([
    ['v3', () => esia.te(systemForm(scope))],
    [
      'v1',
      () =>
        esia.post(
          '/aas/oauth2/te',
          old.form({ grant_type: 'client_credentials', response_type: 'token', scope, redirect_uri: '' }),
        ),
    ],
  ])('reads the organisation of generation %s', async (_, ask) => {
    await esia.login(system, person.phone, 'openid usr_org');
    const reply = await ask();
    expect(Object.keys(JSON.parse(reply.text))).toEqual(['access_token', 'state', 'token_type', 'expires_in']);
    const token = tokenOf(reply.text);
    expect(readJwt(token).payload.scope).toBe(scope);
    const get = async (tail: string) => {
      const { status, text } = await esia.rest(`/rs/orgs/${employer.esiaOid}${tail}`, token);
      return { status, body: JSON.parse(text) };
    };
    expect((await get('')).body).toEqual({
      stateFacts: ['EntityRoot'],
      oid: employer.esiaOid,
      shortName: employer.name,
      inn: employer.inn,
      eTag: expect.stringMatching(/^[0-9A-F]{40}$/),
    });
    const contacts = (await get('/ctts')).body;
    expect(contacts.size).toBe(2);
    const [first] = contacts.elements as string[];
    expect((await esia.rest(new URL(first!).pathname, token)).status).toBe(200);
    expect((await get('/emps')).body.size).toBeGreaterThan(0);
    expect((await get(`/emps/${person.esiaOid}/grps?embed=(elements)`)).body.elements).toMatchObject([
      { grp_id: 'EMPLOYEES' },
    ]);
    expect((await get('/addrs')).status).toBe(403);
    expect((await get('/nothing')).status).toBe(404);
    expect((await get('/ctts/99')).status).toBe(404);
    expect((await esia.rest(`/rs/orgs/${foreign.esiaOid}`, token)).status).toBe(403);
    expect((await esia.rest('/rs/orgs/1', token)).status).toBe(404);
    expect((await esia.rest(`/rs/prns/${person.esiaOid}`, token)).status).toBe(403);
  });

  it.each([
    [
      'of an organisation none of whose employees came with ESIA-007194',
      orgScope(foreign.esiaOid, 'org_inn'),
      '007194',
    ],
    ['of an unknown organisation with ESIA-007194', orgScope(1, 'org_inn'), '007194'],
    ['with another address before the scope with ESIA-007006', 'http://portal.test/org_inn?org_oid=1', '007006'],
    ['without an oid with ESIA-007006', 'http://esia.gosuslugi.ru/org_inn', '007006'],
    ['of a person with ESIA-007006', 'snils', '007006'],
    ['to update a consent never given with ESIA-007019', `prm_chg?oid=${person.esiaOid}`, '007019'],
  ])('is refused %s', async (_, asked, code) => {
    expect(errorOf((await esia.te(systemForm(asked))).text)).toMatch(new RegExp(`^ESIA-${code}`));
  });

  it('is refused when it carries a scope_org its signature does not cover', async () => {
    await esia.login(system, person.phone, 'openid usr_org');
    const reply = await esia.te(`${systemForm(scope)}&scope_org=org_kpp`);
    expect(errorOf(reply.text)).toMatch(/^ESIA-007053/);
  });

  it('reads a person with the legacy scope of personal data', async () => {
    const token = tokenOf((await esia.te(systemForm(`http://esia.gosuslugi.ru/usr_inf?oid=${person.esiaOid}`))).text);
    const { text } = await esia.rest(`/rs/prns/${person.esiaOid}`, token);
    expect(JSON.parse(text)).toMatchObject({ firstName: person.firstName, inn: person.inn });
  });
});

describe('organisation scopes of an authorization request', () => {
  it('are granted for the employer', async () => {
    const query = system.authorization({ scope: 'openid', scope_org: 'org_inn' });
    const code = (await esia.walk(query, person.phone)).get('code')!;
    const { payload } = readJwt(tokenOf((await esia.te(system.codeForm(code))).text));
    expect(payload.scope).toBe(`openid ${orgScope(employer.esiaOid, 'org_inn')}`);
  });

  it('are refused for another organisation with ESIA-007194', async () => {
    const query = system.authorization({ scope: `openid org_inn=${foreign.esiaOid}` });
    expect((await esia.walk(query, person.phone)).get('error_description')).toContain('ESIA-007194');
  });

  it('let the person choose a role on the consent page', async () => {
    const asking = new InformationSystem('ASKING', identity);
    await esia.register(asking, { autoConsent: false });
    const first = await esia.ac(asking.authorization({ scope: 'openid', scope_org: 'org_inn' }));
    const pending = cookieOf(first);
    const entered = await esia.post('/login', encode({ login: person.phone, password: 'x' }), { cookie: pending });
    const cookie = `${pending}; ${cookieOf(entered)}`;
    const page = await call(`${esia.url}/aas/oauth2/consent`, { headers: { cookie } });
    expect(page.text).toContain(`value="${employer.esiaOid}"`);
    expect(page.text).toContain('org_inn');
    const back = await esia.post('/aas/oauth2/consent', 'decision=allow&role=person', { cookie });
    const { text } = await esia.te(asking.codeForm(paramsOf(back).get('code')!));
    expect(readJwt(tokenOf(text)).payload.scope.trim()).toBe('openid');
  });
});
