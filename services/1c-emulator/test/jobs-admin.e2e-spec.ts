import { OneCStand } from './one-c.js';

let stand: OneCStand;
const open = async (environment: Record<string, string> = {}) => (stand = await OneCStand.start(environment));
afterEach(() => stand.stop());

describe('GET /__admin/jobs', () => {
  it('lists the scheduled jobs under their names in 1C', async () => {
    await open({ ONEC_SCHEDULE_PROFILE: 'daily' });
    const { body } = await stand.admin('GET', '/jobs');
    expect(body.jobs.map(({ name, title }: { name: string; title: string }) => [name, title])).toEqual([
      ['update-employees', 'Обновление данных сотрудников'],
      ['export-departments', 'Выгрузка справочника подразделений'],
      ['export-head-managers', 'Выгрузка управленческих руководителей'],
      ['export-vacation-days', 'Передача доступных дней отпуска'],
      ['send-vacation-notices', 'Уведомления о начале отпуска'],
      ['send-payslips', 'Расчётные листки'],
      ['send-documents', 'Отправка документов на подписание'],
      ['fetch-completed-docflow', 'Завершённый документооборот'],
      ['fetch-employees', 'Получение сведений о сотрудниках'],
      ['fetch-documents', 'Получение сведений о документах HR-Link'],
      ['fetch-finished-applications', 'Загрузка завершённых заявлений'],
      ['exchange-with-site', 'Обмен с сайтом'],
    ]);
    // 17:30 in Moscow of a clock that stands at 09:00 UTC
    expect(body.jobs[0]).toMatchObject({
      schedule: { at: '17:30' },
      state: 'idle',
      isPaused: false,
      nextRunAt: '2026-01-15T14:30:00.000Z',
      lastRun: null,
      ...{ runs: 0, succeeded: 0, failed: 0 },
    });
  });

  it('tells how the last run ended, in full on request', async () => {
    await open();
    const { id } = await stand.run('fetch-employees');
    const job = await stand.job('fetch-employees');
    expect(job).toMatchObject({
      state: 'idle',
      lastRun: { id, trigger: 'admin', outcome: 'succeeded', items: { sent: 0, succeeded: 0, failed: 0 }, calls: 2 },
      ...{ runs: 1, succeeded: 1, failed: 0 },
    });
    expect(job.lastRun).not.toHaveProperty('callLog');
    const { body } = await stand.admin('GET', `/jobs/fetch-employees/runs/${id}`);
    expect(body.callLog).toMatchObject([
      { operation: 'currentUser', status: 200, code: null },
      { operation: 'employees', status: 200, code: null },
    ]);
  });

  it('lists every job as an operation, so that rules can name it', async () => {
    await open();
    const { body } = await stand.admin('GET', '/operations');
    expect(body.operations.map(({ operation }: { operation: string }) => operation)).toEqual(
      expect.arrayContaining(['http.publication', 'onec.job.update-employees', 'onec.job.fetch-documents']),
    );
  });
});

describe('runs by hand', () => {
  it('hold the answer until the run has ended when asked to', async () => {
    await open();
    const { status, body } = await stand.admin('POST', '/jobs/fetch-employees/run?wait=60000');
    expect(status).toBe(202);
    expect(body).toMatchObject({ finished: true, runId: body.run.id, run: { outcome: 'succeeded' } });
  });

  it('are refused while the job runs, and the live run is shown', async () => {
    const { portal } = await open();
    portal.pollsUntilFinished = 5;
    const { body } = await stand.admin('POST', '/jobs/export-departments/run');
    expect(body).toMatchObject({ finished: false, run: { outcome: null, finishedAt: null } });
    const again = await stand.admin('POST', '/jobs/export-departments/run');
    expect(again).toMatchObject({
      status: 409,
      body: { error: `job "export-departments" already runs, run ${body.runId}` },
    });
    expect(await stand.job('export-departments')).toMatchObject({ state: 'running', lastRun: { id: body.runId } });
    await stand.ended('export-departments', body.runId);
  });

  it('keep a bounded history, newest first', async () => {
    await open({ ONEC_RUN_HISTORY: '2' });
    const ids = [];
    for (let nth = 0; nth < 3; nth += 1) ids.push((await stand.run('fetch-employees')).id);
    const { body } = await stand.admin('GET', '/jobs/fetch-employees/runs?limit=10');
    expect(body.runs.map(({ id }: { id: string }) => id)).toEqual([ids[2], ids[1]]);
    expect((await stand.job('fetch-employees')).runs).toBe(3);
  });

  it('leave an entry in the journal', async () => {
    await open();
    const { id } = await stand.run('fetch-employees');
    const { body } = await stand.admin('GET', '/journal?operation=onec.job.*');
    expect(body.entries).toMatchObject([
      {
        operation: 'onec.job.fetch-employees',
        client: 'admin',
        outcome: 'reply',
        wire: { run: id, outcome: 'succeeded', calls: 2, error: null },
      },
    ]);
  });
});

describe('the schedule', () => {
  const runs = async (name: string) => (await stand.job(name)).runs as number;
  /** Moves time and lets a run that started end. */
  const pass = async (name: string, ms: number) => {
    await stand.clock.advance(ms);
    const { state, lastRun } = await stand.job(name);
    if (state === 'running') await stand.ended(name, lastRun.id);
  };

  it('runs a daily job once a day at its local time', async () => {
    await open({ ONEC_SCHEDULE_PROFILE: 'daily' });
    await pass('fetch-documents', 18 * 3_600_000 + 59 * 60_000);
    expect(await runs('fetch-documents')).toBe(0);
    await pass('fetch-documents', 61_000);
    expect(await stand.job('fetch-documents')).toMatchObject({
      runs: 1,
      lastRun: { trigger: 'schedule', outcome: 'succeeded' },
      nextRunAt: '2026-01-17T04:00:00.000Z',
    });
  });

  it('repeats a job of the background profile, the first time earlier', async () => {
    await open({ ONEC_SCHEDULE_PROFILE: 'background' });
    await pass('fetch-documents', 15_000);
    expect(await runs('fetch-documents')).toBe(1);
    await pass('fetch-documents', 30_000);
    expect(await runs('fetch-documents')).toBe(2);
  });

  it('comes sooner under a time scale', async () => {
    await open({ ONEC_SCHEDULE_PROFILE: 'daily', ONEC_TIME_SCALE: '1440' });
    await pass('fetch-documents', 19 * 60 * 60_000 * (1 / 1440) + 1000);
    expect(await runs('fetch-documents')).toBe(1);
  });

  it('follows a shift of the clock, forward and back', async () => {
    await open({ ONEC_SCHEDULE_PROFILE: 'daily' });
    await stand.admin('PUT', '/clock', { shiftMs: 20 * 3_600_000 });
    await pass('fetch-documents', 31_000);
    expect(await runs('fetch-documents')).toBe(1);
    await stand.admin('PUT', '/clock', { shiftMs: 0 });
    await pass('fetch-documents', 31_000);
    expect(await stand.job('fetch-documents')).toMatchObject({ runs: 1, nextRunAt: '2026-01-16T04:00:00.000Z' });
  });

  it('passes over a job that still runs', async () => {
    const { portal } = await open();
    portal.pollsUntilFinished = 100;
    await stand.admin('PUT', '/jobs/export-departments/schedule', { schedule: { everySeconds: 60 } });
    const { body } = await stand.admin('POST', '/jobs/export-departments/run');
    await stand.clock.advance(180_000);
    expect((await stand.job('export-departments')).lastRun.id).toBe(body.runId);
    portal.pollsUntilFinished = 1;
    await stand.ended('export-departments', body.runId);
  });

  it('does not start a paused job until it is resumed', async () => {
    await open({ ONEC_SCHEDULE_PROFILE: 'background' });
    const paused = await stand.admin('POST', '/jobs/fetch-documents/pause');
    expect(paused.body).toMatchObject({ state: 'paused', isPaused: true, nextRunAt: null });
    await pass('fetch-documents', 60_000);
    expect(await runs('fetch-documents')).toBe(0);
    // by hand it still runs
    await stand.run('fetch-documents');
    await stand.admin('POST', '/jobs/fetch-documents/resume');
    await pass('fetch-documents', 15_000);
    expect(await runs('fetch-documents')).toBe(2);
  });

  it('can be replaced, and null leaves the job to hands', async () => {
    await open({ ONEC_SCHEDULE_PROFILE: 'daily' });
    const changed = await stand.admin('PUT', '/jobs/fetch-documents/schedule', { schedule: { everySeconds: 7 } });
    expect(changed.body).toMatchObject({ schedule: { everySeconds: 7 }, nextRunAt: '2026-01-15T09:00:07.000Z' });
    const cleared = await stand.admin('PUT', '/jobs/fetch-documents/schedule', { schedule: null });
    expect(cleared.body).toMatchObject({ schedule: null, nextRunAt: null });
  });
});

describe('the staff', () => {
  it('is changed for the next run and comes back on reset', async () => {
    const { portal } = await open({ ONEC_EMPLOYEES: '5' });
    const { body } = await stand.admin('PUT', '/staff', { firstEmployee: 40, employees: 2 });
    expect(body).toMatchObject({ organisations: 1, firstEmployee: 40, employees: 2, people: 2, exportAll: true });
    await stand.run('update-employees');
    expect(portal.pushed('CLIENT_USERS_V5').map(({ employees }) => employees[0].number)).toEqual([
      '0000000041',
      '0000000042',
    ]);
    await stand.admin('POST', '/reset');
    expect((await stand.admin('GET', '/staff')).body).toMatchObject({ firstEmployee: 0, employees: 5 });
  });
});

describe('reset', () => {
  it('interrupts runs and forgets history, map and admin changes', async () => {
    const { portal } = await open({ ONEC_SCHEDULE_PROFILE: 'daily' });
    await stand.run('fetch-employees');
    await stand.run('export-departments');
    portal.pollsUntilFinished = Number.POSITIVE_INFINITY;
    await stand.admin('POST', '/jobs/update-employees/run');
    await stand.admin('POST', '/jobs/fetch-documents/pause');
    expect((await stand.admin('POST', '/reset')).status).toBe(204);
    for (const job of (await stand.admin('GET', '/jobs')).body.jobs) {
      expect(job).toMatchObject({ state: 'idle', runs: 0, lastRun: null });
      // the job of the web site runs by hand
      expect(job.nextRunAt === null).toBe(job.name === 'exchange-with-site');
    }
    const { totals, exports } = (await stand.admin('GET', '/exports')).body;
    expect([totals.department.accepted, exports]).toEqual([0, []]);
  });
});

describe('stopping', () => {
  it('ends a run that waits for a task at once', async () => {
    const { portal } = await open();
    portal.pollsUntilFinished = Number.POSITIVE_INFINITY;
    await stand.admin('POST', '/jobs/export-departments/run');
    // the clock stands still: only an interrupted wait lets this end
    await stand.emulator.close();
    expect(portal.of('bulk.get')).toEqual([]);
  });
});
