import { defaultPopulation as people } from '@poligon/people';
import { EsiaWorld, paramsOf, readJwt, startEsia } from './esia-world.js';
import { encode, InformationSystem, makeIdentity, REDIRECT_URI, timestampOf } from './information-system.js';

const person = people.person(800);
const identity = makeIdentity('gost2012-256');
const system = new InformationSystem('HRLINK', identity);
let esia: EsiaWorld;

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  await esia.register(system);
});
afterAll(() => esia.emulator.close());

const named = (...names: readonly string[]) => names.map((sysname) => ({ sysname }));
const good = {
  sysname: 'EMPLOYMENT_INF',
  expire: 60,
  actions: named('ALL_ACTIONS_TO_DATA'),
  purposes: named('EMPLOYMENT_INF'),
  scopes: named('fullname'),
};
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const query = (permissions: string, by = system) => by.authorization({ scope: 'openid', permissions });

describe('permissions', () => {
  it.each([
    ['ESIA-036700', { sysname: undefined }],
    ['ESIA-036701', { sysname: 'NONE' }],
    ['ESIA-036702', { sysname: 'IDENTIFICATION', scopes: named('snils') }],
    ['ESIA-036703', { sysname: 'VERIFY_USER', scopes: named('ndfl_person') }],
    ['ESIA-036704', { sysname: 'LINK_ACCOUNT' }],
    ['ESIA-036705', { actions: [] }],
    ['ESIA-036706', { actions: named('BURN_DATA') }],
    ['ESIA-036707', { purposes: undefined }],
    ['ESIA-036716', { expire: 525_601 }],
    ['ESIA-036716', { expire: 0 }],
    ['ESIA-036726', { purposes: named('constructor-') }],
    ['ESIA-036727', { sysname: 'APIPGU', purposes: named('APIPGU', 'CREDIT') }],
  ])('are refused with %s for %j', async (code, change) => {
    const reply = await esia.ac(query(encoded([{ ...good, ...change }])));
    expect(paramsOf(reply).get('error_description')).toMatch(new RegExp(`^${code}: `));
  });

  it.each(['!', 'bnVsbA', encoded({}), encoded([]), encoded([{ ...good, actions: 1 }])])(
    'that cannot be read (%s) are refused with ESIA-007003',
    async (text) => {
      expect(paramsOf(await esia.ac(query(text))).get('error_description')).toMatch(/^ESIA-007003/);
    },
  );

  it('of a type the client was not granted are refused with ESIA-007019', async () => {
    const limited = new InformationSystem('LIMITED', identity);
    await esia.register(limited, { consentTypes: ['CREDIT'] });
    expect(paramsOf(await esia.ac(query(encoded([good]), limited))).get('error_description')).toMatch(/^ESIA-007019/);
  });

  it('show in the access token until they are over, and are prolonged by prm_chg', async () => {
    const code = (await esia.walk(query(encoded([good])), person.phone)).get('code')!;
    const tokens = JSON.parse((await esia.te(system.codeForm(code))).text);
    const [claim] = JSON.parse(readJwt(tokens.access_token).payload.permissions);
    expect(claim).toMatchObject({ sysname: 'EMPLOYMENT_INF', scopes: ['fullname'] });

    await esia.admin('PUT', '/__admin/clock', { shiftMs: 1_800_000 });
    const scope = `prm_chg?oid=${person.esiaOid}`;
    const [timestamp, state] = [timestampOf(Date.now() + 1_800_000), 's'];
    const client_secret = system.sign('HRLINK', scope, timestamp, state, REDIRECT_URI);
    const form = { client_id: 'HRLINK', scope, timestamp, state, redirect_uri: REDIRECT_URI, client_secret };
    const reply = await esia.te(encode({ ...form, grant_type: 'client_credentials', token_type: 'Bearer' }));
    expect(reply.status).toBe(200);
    const [renewed] = JSON.parse(readJwt(JSON.parse(reply.text).access_token).payload.permissions);
    expect(renewed.exp).toBeGreaterThan(claim.exp);

    const { permissions } = (await esia.admin('GET', '/__admin/consents')).body;
    expect(permissions).toMatchObject([{ oid: person.esiaOid, clientId: 'HRLINK' }]);
    await esia.admin('PUT', '/__admin/clock', { shiftMs: 0 });
  });
});

describe('filters', () => {
  it.each([
    [{ obj_type: 'X' }, 'ESIA-007061'],
    [{ roles: 'KING' }, 'ESIA-007060'],
    [{ person_filter: 'nobody' }, 'ESIA-007003'],
  ])('%j are refused at once with %s', async (fields, code) => {
    expect(paramsOf(await esia.ac(system.authorization(fields))).get('error_description')).toMatch(
      new RegExp(`^${code}`),
    );
  });

  it.each([
    [{ person_filter: 'acc_kid' }, 'ESIA-007062'],
    [{ obj_type: 'B' }, 'ESIA-007062'],
    [{ roles: 'CHIEF' }, 'ESIA-007062'],
    [{ person_filter: 'acc_not_kid', obj_type: 'P L', roles: 'EMPLOYEE' }, undefined],
  ])('%j decide after login: %s', async (fields, code) => {
    const back = await esia.walk(system.authorization(fields), people.phoneOf(801));
    expect(back.get('error_description')?.slice(0, 11)).toBe(code);
  });
});

it('ESIA-008010 answers a Basic header that names another client', async () => {
  const header = `Basic ${Buffer.from('OTHER:secret').toString('base64')}`;
  for (const authorization of [header, 'Basic !', 'Digest x']) {
    const reply = await esia.te(system.codeForm('x'), { authorization });
    expect([reply.status, JSON.parse(reply.text).error]).toEqual([401, 'invalid_client']);
    expect(JSON.parse(reply.text).error_description).toMatch(/^ESIA-008010/);
  }
});
