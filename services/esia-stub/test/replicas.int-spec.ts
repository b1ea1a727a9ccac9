import { defaultPopulation as people } from '@poligon/people';
import { createTestDatabase } from '@poligon/testing';
import { EsiaWorld, startEsia } from './esia-world.js';
import { InformationSystem, makeIdentity } from './information-system.js';

const url = process.env['TEST_DATABASE_URL'] ?? '';
const about = 'two replicas of ESIA behind one address';
const person = people.person(5);
const path = `/rs/prns/${person.esiaOid}`;
const system = new InformationSystem('HRLINK', makeIdentity('gost2012-256'));

(url === '' ? describe.skip : describe)(url === '' ? `${about} [skipped: TEST_DATABASE_URL is not set]` : about, () => {
  let drop: () => Promise<void>;
  let replicas: readonly [EsiaWorld, EsiaWorld];

  beforeAll(async () => {
    const database = await createTestDatabase();
    ({ drop } = database);
    const environment = { DATABASE_URL: database.url, DB_MIGRATE_AT_START: 'true' };
    const one = new EsiaWorld(await startEsia(environment));
    await one.register(system);
    replicas = [one, new EsiaWorld(await startEsia(environment))];
  }, 120_000);
  afterAll(async () => {
    for (const { emulator } of replicas) await emulator.close();
    await drop();
  });

  it('a login begun at one is finished at the other, and its code is redeemed once', async () => {
    const [one, other] = replicas;
    const code = (await one.walk(system.authorization(), person.phone)).get('code')!;
    const answers = await Promise.all(
      [1, 2, 3].flatMap(() => [one, other].map((esia) => esia.te(system.codeForm(code)))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ text }) => text.includes('ESIA-007011'))).toHaveLength(5);
  });

  it('a token of one opens data at the other until it is revoked at either', async () => {
    const [one, other] = replicas;
    const { access_token, refresh_token } = await one.login(system, person.phone);
    expect((await other.rest(path, access_token)).status).toBe(200);
    const refreshed = await other.te(system.refreshFormA(refresh_token));
    expect(refreshed.status).toBe(200);
    expect((await one.te(system.refreshFormA(refresh_token))).text).toContain('ESIA-007011');
    await other.admin('POST', '/__admin/tokens/revoke', { token: access_token });
    expect((await one.rest(path, access_token)).status).toBe(401);
  });

  it('a key rotated at one signs at the other', async () => {
    const [one, other] = replicas;
    const current = async (esia: EsiaWorld) =>
      (await esia.admin('GET', '/__admin/token-keys')).body.keys[0].current as string;
    const before = await current(other);
    await one.admin('POST', '/__admin/token-keys/RS256/rotate', {});
    let seen = before;
    while (seen === before) seen = await current(other);
    expect(seen).toBe(await current(one));
    const { access_token } = await other.login(system, person.phone);
    expect((await one.rest(path, access_token)).status).toBe(200);
  });
});
