import { OneCStand } from './one-c.js';

let stand: OneCStand;
const open = async (environment: Record<string, string> = {}) => (stand = await OneCStand.start(environment));
afterEach(() => stand.stop());

const put = (fault: string, options: object, more: object = {}) =>
  stand.admin('PUT', '/faults/rule', { fault, operations: ['onec.job.*'], options, ...more });

describe('faults of the active role', () => {
  it('token-expired sends a dead token, so HRLink itself refuses', async () => {
    const { portal } = await open();
    await put('token-expired', {});
    expect(await stand.run('fetch-employees')).toMatchObject({
      outcome: 'failed',
      error: 'Не выполнена авторизация, не определён идентификатор клиента',
    });
    expect(portal.calls[0]!.headers['user-api-token']).toBe('00000000-0000-4000-8000-000000000000');
  });

  it('token-expired in the middle of a run is another text', async () => {
    const { portal } = await open();
    await put('token-expired', { afterCalls: 3 });
    expect(await stand.run('update-employees')).toMatchObject({
      outcome: 'failed',
      error: 'Ошибка авторизации',
      calls: 4,
    });
    expect(portal.sequence()).toEqual(['currentUser', 'employees', 'LEGAL_ENTITIES', 'bulk.get']);
  });

  it('abandon-task starts tasks and never asks about them', async () => {
    const { portal } = await open();
    await put('abandon-task', {});
    const run = await stand.run('update-employees');
    expect(run).toMatchObject({ outcome: 'abandoned', abandonedTasks: 4, items: { succeeded: 0, failed: 0 } });
    expect(portal.of('bulk.get')).toEqual([]);
    expect((await stand.admin('GET', '/exports')).body.totals.person).toMatchObject({ accepted: 30, pending: 30 });
  });

  it('poll-storm asks about a finished task over and over, several at once', async () => {
    const { portal } = await open();
    await put('poll-storm', { intervalMs: 100, parallel: 5, polls: 20 });
    const held: (() => void)[] = [];
    // no answer leaves before five questions stand: a run that asks one by one would hang here
    portal.gate = async ({ operation }) => {
      if (operation !== 'bulk.get' || portal.of('bulk.get').length > 20) return;
      await new Promise<void>((resolve) => {
        held.push(resolve);
        if (held.length === 5) for (const answer of held.splice(0)) answer();
      });
    };
    expect((await stand.run('export-head-managers')).outcome).toBe('succeeded');
    expect(portal.of('bulk.get')).toHaveLength(21);
  });

  it('orphan-department sends departments under a parent nobody knows; HRLink fails those items alone', async () => {
    const { portal } = await open();
    const known = (guid: string) => portal.pushed('CLIENT_DEPARTMENTS').some(({ externalId }) => externalId === guid);
    portal.refuse = (_type, { parentDepartmentExternalId: parent }) =>
      parent === undefined || known(parent) ? undefined : 'Объект не найден: department';
    await put('orphan-department', { count: 2 });
    const run = await stand.run('export-departments');
    expect(run).toMatchObject({ outcome: 'partial', items: { failed: 2 } });
    expect(run.failures[0].message).toBe('Объект не найден: department');
  });
});

describe('faults of the kit on a job', () => {
  it('an error of the platform ends the run before its first call', async () => {
    const { portal } = await open();
    await put('error', { code: 'infobase-locked', detail: { message: 'Обновление до 21:00' } });
    expect(await stand.run('fetch-employees')).toMatchObject({
      outcome: 'failed',
      error: 'Начало сеанса с информационной базой запрещено.\nОбновление до 21:00',
    });
    expect(portal.calls).toEqual([]);
  });

  it.each([
    ['reset', {}, 'Сеанс работы завершен администратором.'],
    ['status', { status: 502 }, 'HTTP 502'],
  ])('%s ends the run', async (fault, options, error) => {
    await open();
    await put(fault, options);
    expect(await stand.run('fetch-employees')).toMatchObject({ outcome: 'failed', error });
  });

  it('latency holds the run, and only the one it names', async () => {
    await open();
    await put('latency', { ms: 60_000 }, { operations: ['onec.job.fetch-employees'] });
    const startedMs = stand.clock.monotonicMs();
    await stand.run('fetch-documents');
    expect(stand.clock.monotonicMs() - startedMs).toBeLessThan(60_000);
    await stand.run('fetch-employees');
    expect(stand.clock.monotonicMs() - startedMs).toBeGreaterThanOrEqual(60_000);
  });

  it('strikes some runs only when given a probability', async () => {
    await open();
    await put('error', { code: 'no-free-licence' }, { probability: 0.5 });
    const outcomes = [];
    for (let nth = 0; nth < 12; nth += 1) outcomes.push((await stand.run('fetch-employees')).outcome);
    expect(new Set(outcomes)).toEqual(new Set(['succeeded', 'failed']));
  });
});

describe('presets', () => {
  it('are all accepted', async () => {
    await open();
    const { body } = await stand.admin('GET', '/presets');
    const names = body.presets.map(({ name }: { name: string }) => name);
    expect(names).toEqual([
      'onec-abandoned-tasks',
      'onec-cold-start',
      'onec-dirty-data',
      'onec-exchange-outage',
      'onec-flaky-pages',
      'onec-infobase-locked',
      'onec-licences-exhausted',
      'onec-lock-conflict',
      'onec-orphan-departments',
      'onec-payday',
      'onec-poll-storm',
      'onec-posting-refused',
      'onec-rls-denied',
      'onec-slow-exchange',
      'onec-slow-metadata',
      'onec-token-expired',
    ]);
    for (const name of names) expect((await stand.admin('POST', `/presets/${name}`)).status).toBe(200);
  });

  it('duplicate-batch sends every batch twice and asks about the second task', async () => {
    const { portal } = await open();
    await put('duplicate-batch', {});
    expect(await stand.run('export-head-managers')).toMatchObject({ outcome: 'succeeded' });
    const [first, second] = portal.of('bulk.create');
    expect(first!.body).toEqual(second!.body);
    expect(portal.of('bulk.get').map(({ id }) => id)).toEqual(['task-2']);
  });

  it.each([
    [
      'duplicate-person',
      (people: { externalId: string }[]) => expect(people[0]!.externalId).toBe(people[1]!.externalId),
    ],
    [
      'missing-snils',
      (people: { personalDocuments: { type: string }[] }[]) =>
        expect(
          people.slice(0, 3).map(({ personalDocuments }) => personalDocuments.some(({ type }) => type === 'SNILS')),
        ).toEqual([false, false, true]),
    ],
    [
      'bad-phone',
      (people: { phone: string }[]) =>
        expect(people.slice(0, 2).map(({ phone }) => phone)).toEqual(['доб. 12-34', 'доб. 12-34']),
    ],
    [
      'second-job',
      (people: { employees: { mainWorkplace: boolean; externalId: string }[] }[]) => {
        expect(people.slice(0, 3).map(({ employees }) => employees.length)).toEqual([2, 2, 1]);
        const [main, second] = people[0]!.employees;
        expect([main!.mainWorkplace, second!.mainWorkplace]).toEqual([true, false]);
        expect(main!.externalId).not.toBe(second!.externalId);
      },
    ],
    [
      'rehire',
      (people: { employees: { number: string }[] }[]) =>
        expect(people.slice(0, 3).map(({ employees }) => employees[0]!.number[0])).toEqual(['2', '2', '0']),
    ],
    [
      'backdated-event',
      (people: { employees: { departmentExternalId: string }[] }[]) => {
        const [first, second] = people.map(({ employees }) => employees[0]!.departmentExternalId);
        expect(first).toBe(second);
      },
    ],
  ])('%s dirties the first people of the run', async (fault, check) => {
    const { portal } = await open();
    await put(fault, { count: 2 });
    await stand.run('update-employees');
    check(portal.pushed('CLIENT_USERS_V5') as never);
  });
});
