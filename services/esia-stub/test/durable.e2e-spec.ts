import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPopulation as people } from '@poligon/people';
import { EsiaWorld, startEsia } from './esia-world.js';
import { InformationSystem, makeIdentity } from './information-system.js';

const folder = mkdtempSync(join(tmpdir(), 'esia-durable-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const person = people.person(11);
const system = new InformationSystem('HRLINK', makeIdentity('gost2012-256'));
const start = async () => new EsiaWorld(await startEsia({ ESIA_STATE_FOLDER: folder }));
const path = `/rs/prns/${person.esiaOid}`;

it('a restart keeps clients, codes, refresh tokens, revocations, edits and the keys of tokens', async () => {
  const before = await start();
  await before.register(system);
  await before.admin('PUT', `/__admin/persons/${person.esiaOid}`, { firstName: 'Перезапуск' });
  const { body: keys } = await before.admin('GET', '/__admin/token-keys');
  const living = await before.login(system, person.phone);
  const ended = await before.login(system, person.phone);
  await before.admin('POST', '/__admin/tokens/revoke', { token: ended.access_token });
  const code = (await before.walk(system.authorization(), person.phone)).get('code')!;
  await before.emulator.close();

  const after = await start();
  expect((await after.admin('GET', '/__admin/token-keys')).body).toEqual(keys);
  expect(JSON.parse((await after.rest(path, living.access_token)).text).firstName).toBe('Перезапуск');
  expect((await after.rest(path, ended.access_token)).status).toBe(401);
  expect((await after.te(system.codeForm(living.code))).text).toContain('ESIA-007011');
  expect((await after.te(system.codeForm(code))).status).toBe(200);
  expect((await after.te(system.refreshFormA(living.refresh_token))).status).toBe(200);
  expect((await after.te(system.refreshFormA(living.refresh_token))).text).toContain('ESIA-007011');

  await after.admin('POST', '/__admin/reset');
  expect((await after.te(system.refreshFormA(ended.refresh_token))).text).toContain('ESIA-007011');
  expect((await after.rest(path, living.access_token)).status).toBe(200);
  expect((await after.admin('GET', '/__admin/clients/HRLINK')).status).toBe(200);
  await after.emulator.close();
});
