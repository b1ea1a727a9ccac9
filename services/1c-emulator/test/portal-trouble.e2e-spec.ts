import { Population } from '@poligon/people';
import { OneCStand } from './one-c.js';

const people = new Population();
let stand: OneCStand;
const open = async (environment: Record<string, string> = {}) => (stand = await OneCStand.start(environment));
afterEach(() => stand.stop());

describe('authorisation', () => {
  it('fails with the text of 1C when the token is refused, after one call', async () => {
    const { portal } = await open();
    portal.token = 'another';
    const run = await stand.run('fetch-employees');
    expect(run).toMatchObject({
      outcome: 'failed',
      error: 'Не выполнена авторизация, не определён идентификатор клиента',
      calls: 1,
      callLog: [{ operation: 'currentUser', status: 401, code: '11.006' }],
    });
  });

  it('fails without a call when there is no token', async () => {
    const { portal } = await open({ ONEC_HRLINK_TOKEN: '' });
    const run = await stand.run('fetch-employees');
    expect(run.error).toBe('Для соединения с порталом необходимо заполнить токен');
    expect(portal.calls).toEqual([]);
  });

  it('fails when the portal knows no client', async () => {
    const { portal } = await open();
    portal.intercept = () => ({ body: { result: true, currentUser: { clients: [] } } });
    expect((await stand.run('fetch-employees')).error).toBe(
      'Не выполнена авторизация, не определён идентификатор клиента',
    );
  });
});

describe('a bulk task', () => {
  it('that never finishes is given up at the limit', async () => {
    const { portal, clock } = await open({ ONEC_TASK_TIMEOUT_MS: '30000' });
    portal.pollsUntilFinished = Number.POSITIVE_INFINITY;
    const startedMs = clock.monotonicMs();
    const run = await stand.run('export-departments');
    expect(run).toMatchObject({
      outcome: 'gave-up',
      error: 'Задание task-1 не завершено за 30 с, состояние: IN_PROGRESS',
    });
    expect(portal.of('bulk.get')).toHaveLength(10);
    expect(clock.monotonicMs() - startedMs).toBeGreaterThanOrEqual(30_000);
    const { body } = await stand.admin('GET', '/exports?state=accepted');
    expect(body.exports).toMatchObject([{ kind: 'organisation', refKey: people.organisation(0).guid }]);
  });

  it('that is not visible yet is asked for again', async () => {
    const { portal } = await open();
    portal.intercept = ({ operation }) =>
      operation === 'bulk.get' && portal.of('bulk.get').length === 1
        ? { status: 404, body: { result: false, errorCode: '90.404', errorMessage: 'Объект не найден' } }
        : undefined;
    expect((await stand.run('export-head-managers')).outcome).toBe('succeeded');
    expect(portal.of('bulk.get')).toHaveLength(2);
  });

  it.each([
    [
      'FAILED',
      { body: { result: true, bulkDataSyncTask: { state: 'FAILED' } } },
      'Задание task-1 завершилось с ошибкой',
    ],
    [
      'a refusal with HTTP 200',
      { body: { result: false, errorMessage: 'Нет прав выполнять запрошенную операцию', errorCode: '10.000' } },
      'Портал ответил ошибкой HTTP 200 (10.000): Нет прав выполнять запрошенную операцию',
    ],
    ['a page of a gateway', { raw: '<html>' }, 'Ответ портала не является JSON, HTTP 200'],
  ])('answered with %s ends the run', async (_, answer, error) => {
    const { portal } = await open();
    portal.intercept = ({ operation }) => (operation === 'bulk.get' ? answer : undefined);
    expect(await stand.run('export-head-managers')).toMatchObject({ outcome: 'failed', error });
  });

  it('accepted without an id ends the run', async () => {
    const { portal } = await open();
    portal.intercept = ({ operation }) => (operation === 'bulk.create' ? { body: { result: true } } : undefined);
    expect((await stand.run('export-head-managers')).error).toBe('Портал не вернул идентификатор задания');
  });
});

describe('repeats', () => {
  it('asks an overloaded portal again, not sooner than it wants', async () => {
    const { portal } = await open({ ONEC_RETRY_PAUSE_MS: '2000' });
    portal.intercept = ({ operation }) => {
      const isFirst = operation === 'employees' && portal.of('employees').length === 1;
      return isFirst ? { status: 503, headers: { 'retry-after': '7' }, body: { result: false } } : undefined;
    };
    const run = await stand.run('fetch-employees');
    expect(run).toMatchObject({ outcome: 'succeeded', retries: 1, calls: 3 });
    const [first, second] = portal.of('employees');
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(7000);
  });

  it('does not repeat what the portal refused for good', async () => {
    const { portal } = await open();
    portal.intercept = ({ operation }) =>
      operation === 'employees'
        ? { status: 403, body: { result: false, errorCode: '10.000', errorMessage: 'Нет прав' } }
        : undefined;
    const run = await stand.run('fetch-employees');
    expect(run).toMatchObject({ error: 'Портал ответил ошибкой HTTP 403 (10.000): Нет прав', retries: 0 });
  });

  it('gives up a portal that is down, and the next run works', async () => {
    const { portal } = await open({ ONEC_RETRIES: '2' });
    const { url } = portal;
    await portal.stop();
    const failed = await stand.run('fetch-employees');
    expect(failed).toMatchObject({ outcome: 'failed', calls: 3, retries: 2 });
    expect(failed.error).toMatch(/^Портал не ответил: hrlink\.currentUser: /);
    expect(failed.callLog[0]).toMatchObject({ status: null, code: null });
    await portal.restart(Number(new URL(url).port));
    expect((await stand.run('fetch-employees')).outcome).toBe('succeeded');
    expect(await stand.job('fetch-employees')).toMatchObject({ runs: 2, succeeded: 1, failed: 1 });
  });
});

describe('a portal that answers nonsense', () => {
  it.each([
    ['a list that is none', { body: { result: true, employees: 'all' } }],
    ['null', { body: null }],
    ['an array', { body: [1, 2] }],
    ['text', { raw: 'ok' }],
    ['nothing', { raw: '' }],
  ])('fails the run on %s and stays alive', async (_, answer) => {
    const { portal } = await open();
    portal.intercept = ({ operation }) => (operation === 'employees' ? answer : undefined);
    expect((await stand.run('fetch-employees')).outcome).toBe('failed');
    portal.intercept = () => undefined;
    expect((await stand.run('fetch-employees')).outcome).toBe('succeeded');
  });
});
