import { defaultPopulation as people } from '@poligon/people';
import { cookieOf, EsiaWorld, paramsOf, startEsia } from './esia-world.js';
import { call, InformationSystem, makeIdentity, type Fields } from './information-system.js';

const person = people.person(77);
const [automatic, asking] = ['HRLINK', 'ASKING'].map(
  (mnemonic) => new InformationSystem(mnemonic, makeIdentity('gost2012-256')),
) as [InformationSystem, InformationSystem];
let esia: EsiaWorld;
let session: string;

beforeAll(async () => {
  esia = new EsiaWorld(await startEsia());
  await esia.register(automatic);
  await esia.register(asking, { autoConsent: false });
  const first = await esia.ac(automatic.authorization());
  const login = await call(`${esia.url}/login`, {
    headers: { cookie: cookieOf(first), 'poligon-person': person.phone },
  });
  session = cookieOf(login);
});
afterAll(() => esia.emulator.close());

const ac = (system: InformationSystem, fields: Fields, cookie = session) =>
  esia.ac(system.authorization({}, fields), cookie === '' ? {} : { cookie });

describe('prompt', () => {
  it('absent lets a live session through', async () => {
    expect(paramsOf(await ac(automatic, {})).has('code')).toBe(true);
  });

  it.each(['login', 'select_account', 'login consent'])(
    '%s leads to the login page in spite of the session',
    async (prompt) => {
      expect((await ac(automatic, { prompt })).headers['location']).toBe(`${esia.url}/login`);
    },
  );

  it('login gives a new time of login', async () => {
    const waiting = await ac(automatic, { prompt: 'login' });
    const cookie = `${cookieOf(waiting)}; ${session}`;
    const back = await call(`${esia.url}/login`, { headers: { cookie, 'poligon-person': person.phone } });
    expect(cookieOf(back)).toMatch(/^esia_session=/);
    expect(cookieOf(back)).not.toBe(session);
  });

  it('consent asks again for what was agreed to', async () => {
    const first = await ac(asking, {});
    expect(first.headers['location']).toBe(`${esia.url}/aas/oauth2/consent`);
    await esia.post('/aas/oauth2/consent', 'decision=allow', { cookie: `${cookieOf(first)}; ${session}` });
    expect(paramsOf(await ac(asking, {})).has('code')).toBe(true);
    const again = await ac(asking, { prompt: 'consent' });
    expect(again.headers['location']).toBe(`${esia.url}/aas/oauth2/consent`);
  });

  it('none gives a code when nothing has to be asked', async () => {
    expect(paramsOf(await ac(automatic, { prompt: 'none' })).has('code')).toBe(true);
  });

  it.each([
    ['login_required', automatic, 'fullname', ''],
    ['consent_required', asking, 'fullname gender', undefined],
  ] as const)('none goes back with %s', async (error, system, scope, cookie) => {
    const query = system.authorization({ scope }, { prompt: 'none' });
    const back = paramsOf(await esia.ac(query, { cookie: cookie ?? session }));
    expect(back.get('error')).toBe(error);
    expect(back.get('error_description')).toMatch(/^ESIA-007004: /);
    expect(back.get('state')).toBe(new URLSearchParams(query).get('state'));
  });

  it.each(['none login', 'create'])('"%s" is refused with ESIA-007003', async (prompt) => {
    expect(paramsOf(await ac(automatic, { prompt })).get('error_description')).toContain('ESIA-007003');
  });
});
