import { createTestDatabase } from '@poligon/testing';
import { request } from 'undici';
import { setTimeout as pause } from 'node:timers/promises';
import { FakePortal, TOKEN } from './fake-portal.js';
import { ODataClient } from './odata-client.js';

const url = process.env['TEST_DATABASE_URL'] ?? '';
const about = 'two replicas of an infobase on one PostgreSQL';

(url === '' ? describe.skip : describe)(url === '' ? `${about} [skipped: TEST_DATABASE_URL is not set]` : about, () => {
  let drop: () => Promise<void>;
  let portal: FakePortal;
  let environment: Record<string, string>;
  let one: ODataClient;
  let other: ODataClient;

  beforeAll(async () => {
    const database = await createTestDatabase();
    ({ drop } = database);
    portal = await FakePortal.start();
    environment = {
      ...{ DATABASE_URL: database.url, DB_MIGRATE_AT_START: 'true', ONEC_EMPLOYEES: '5' },
      ...{ ONEC_HRLINK_URL: portal.url, ONEC_HRLINK_TOKEN: TOKEN },
    };
    one = await ODataClient.start(environment);
    other = await ODataClient.start(environment);
  }, 120_000);
  afterAll(async () => {
    for (const replica of [one, other]) await replica.stop();
    await portal.stop();
    await drop();
  });

  /** Asks until the answer is the one that was waited for; the test's own time limit ends it. */
  const until = async <T>(ask: () => Promise<T>, isGood: (answer: T) => boolean): Promise<T> => {
    for (;;) {
      const answer = await ask();
      if (isGood(answer)) return answer;
      await pause(50);
    }
  };
  const description = async (replica: ODataClient, path: string) =>
    (await replica.json('GET', path)).body?.Description as string | undefined;

  it('show each other’s writes, and pages they remembered are not shown any more', async () => {
    const page = "/Catalog_ВидыОтпусков?$filter=Description ne ''&$select=Description";
    for (let nth = 0; nth < 3; nth += 1) expect(await other.rows(page)).toEqual([]);
    const { body } = await one.json('POST', '/Catalog_ВидыОтпусков', { Description: 'Учебный' });
    const path = `/Catalog_ВидыОтпусков(guid'${body.Ref_Key}')`;
    expect(
      await until(
        () => description(other, path),
        (found) => found !== undefined,
      ),
    ).toBe('Учебный');
    expect(await other.rows(page)).toEqual([{ Description: 'Учебный' }]);

    const changed = await other.json('PATCH', path, { Description: 'Дополнительный' });
    expect(changed.body.DataVersion).toBe('AAAAAAAAAAE=');
    await until(
      () => description(one, path),
      (found) => found === 'Дополнительный',
    );
    expect((await one.json('PATCH', path, {})).body.DataVersion).toBe('AAAAAAAAAAI=');

    await one.call('DELETE', path);
    await until(
      () => description(other, path),
      (found) => found === undefined,
    );
  }, 30_000);

  it('tell nodes of exchange plans what was written at the other', async () => {
    const [peer] = (await other.rows('/ExchangePlan_СинхронизацияДанныхЧерезУниверсальныйФормат')).filter(
      (node: { ThisNode: boolean }) => !node.ThisNode,
    );
    const point = `ExchangePlan_СинхронизацияДанныхЧерезУниверсальныйФормат(guid'${peer.Ref_Key}')`;
    const [employee] = await one.rows('/Catalog_Сотрудники?$top=1');
    await one.json('PATCH', `/Catalog_Сотрудники(guid'${employee.Ref_Key}')`, { ВАрхиве: true });
    const changes = () => other.call('POST', `/SelectChanges?DataExchangePoint='${point}'&MessageNo=1`);
    const { text } = await until(changes, (found) => found.text.includes(employee.Ref_Key));
    expect(text).toContain('<d:ВАрхиве>true</d:ВАрхиве>');
  }, 30_000);

  it('run the schedule once, and the other one goes on with it when the first has gone', async () => {
    const schedule = (replica: ODataClient) =>
      request(`${replica.emulator.adminUrl}/__admin/jobs/fetch-employees/schedule`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ schedule: { everySeconds: 1, firstAfterSeconds: 1 } }),
      }).then(({ body }) => body.dump());
    const totals = async (replica: ODataClient) => {
      const reply = await request(`${replica.emulator.adminUrl}/__admin/jobs/fetch-employees/runs`);
      return ((await reply.body.json()) as { runs: unknown[] }).runs.length;
    };
    await Promise.all([schedule(one), schedule(other)]);
    await until(
      () => totals(one),
      (runs) => runs >= 3,
    );
    expect(await totals(other)).toBe(0);
    await one.stop();
    await until(
      () => totals(other),
      (runs) => runs >= 4,
    );
    one = await ODataClient.start(environment);
  }, 60_000);
});
