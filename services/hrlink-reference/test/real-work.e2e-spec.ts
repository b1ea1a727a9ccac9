import { HR, type Json, Tenant } from './tenant.js';

const tenant = new Tenant();
beforeAll(() => tenant.start());
afterAll(() => tenant.stop());

describe('real work without a database', () => {
  const balance = async (): Promise<Json> => (await tenant.admin('GET', 'balance')).kinds.conversion;

  it('is none at first', async () => {
    expect(await tenant.admin('GET', 'work')).toEqual({
      plan: { hasIndex: true, connections: 10, holdMs: 0, counterHoldMs: 0, convertCpuMs: 0 },
      hasDatabase: false,
    });
  });

  it('burns processor time of the conversion thread, and jobs that wait feel the end of it', async () => {
    const { plan } = await tenant.admin('PUT', 'work', { convertCpuMs: 60_000 });
    expect(plan.convertCpuMs).toBe(60_000);
    await tenant.admin('PUT', 'work', { convertCpuMs: 20 });
    const before = process.cpuUsage();
    await Promise.all([tenant.upload(), tenant.upload(), tenant.upload()]);
    await tenant.until(balance, ({ pending }) => pending === 0);
    expect(process.cpuUsage(before).user / 1000).toBeGreaterThan(50);
    await tenant.admin('PUT', 'work', { convertCpuMs: 0 });
    await tenant.upload();
    await tenant.until(balance, ({ pending }) => pending === 0);
    expect(await balance()).toMatchObject({ accepted: 4, completed: 4, failed: 0 });
  });

  it.each([
    [{ hasIndex: false }, 'hasIndex: needs HRLINK_WORK_DATABASE_URL'],
    [{ connections: 0 }, 'must be 1..500'],
    [{ holdMs: -1 }, 'holdMs'],
    [{ cpu: 1 }, 'cpu'],
  ])('refuses %j and names the rule', async (body, rule) => {
    expect(JSON.stringify(await tenant.admin('PUT', 'work', body))).toContain(rule);
  });

  it('leaves the flows as they were', async () => {
    const { documentTypes } = await tenant.ok('documentTypes', HR);
    expect(documentTypes.length).toBeGreaterThan(0);
  });
});

it('names the variable when the database cannot be used', async () => {
  const environment = { HRLINK_WORK_DATABASE_URL: 'postgresql://x:y@127.0.0.1:1/z' };
  const broken = new Tenant();
  await expect(broken.start(environment)).rejects.toThrow(/HRLINK_WORK_DATABASE_URL: .*ECONNREFUSED/);
  await broken.peers.stop();
});
