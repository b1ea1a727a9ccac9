import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { ended, ROOT, startStand, type Descriptor } from './stand-process.js';

const GONE_MS = 30_000;

/** The call README.md tells a newcomer to make. */
const README_FAULT = (() => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  return { path: /curl -X PUT http:\/\/[^/]+(\S+)/.exec(readme)![1]!, body: /-d '([^']+)'/.exec(readme)![1]! };
})();

let folder: string;
let stand: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poligon-stand-'));
});
afterEach(() => {
  if (stand?.exitCode === null && stand.signalCode === null) stand.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}): Promise<Descriptor> {
  const { descriptor } = await startStand(folder, environment, (child) => (stand = child));
  return descriptor;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that ended but was not yet reaped still takes signals.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Processes are not our children, so their end can only be looked for. */
async function survivors(pids: readonly number[]): Promise<readonly number[]> {
  const giveUpAt = performance.now() + GONE_MS;
  while (pids.some(isAlive) && performance.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 50));
  return pids.filter(isAlive);
}

describe('the stand', () => {
  it('brings every service up, ready and wired, and stops without leaving anything behind', async () => {
    const { addresses, children } = await start();
    expect(children).toHaveLength(Object.keys(addresses).length);
    for (const { adminUrl } of Object.values(addresses)) {
      expect((await request(`${adminUrl}/readyz`)).statusCode).toBe(200);
    }
    const version = await request(`${addresses['hrlink-reference']!.protocolUrl}/api/v1/version`);
    expect(version.statusCode).toBe(200);
    const clients = await request(`${addresses['esia-stub']!.adminUrl}/__admin/clients`);
    expect(await clients.body.text()).toContain('HRLINK');
    const set = await request(`${addresses['sms-gateway-stub']!.adminUrl}${README_FAULT.path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: README_FAULT.body,
    });
    expect(set.statusCode).toBe(200);
    stand!.kill('SIGINT');
    expect(await ended(stand!)).toBe(0);
    expect(await survivors(children)).toEqual([]);
    expect(existsSync(join(folder, 'stand.json'))).toBe(false);
  }, 150_000);

  it('stops all services and fails when one of them crashes', async () => {
    const { children } = await start();
    process.kill(children[0]!, 'SIGKILL');
    expect(await ended(stand!)).toBe(1);
    expect(await survivors(children)).toEqual([]);
  }, 150_000);

  it('leaves no orphans when it is killed itself', async () => {
    const { children } = await start();
    stand!.kill('SIGKILL');
    await ended(stand!);
    expect(await survivors(children)).toEqual([]);
  }, 150_000);

  it('moves to a free port when a documented one is taken', async () => {
    const squatters: Server[] = [];
    const taken = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(8103, '127.0.0.1', () => {
        squatters.push(server);
        resolve(true);
      });
    });
    const { addresses } = await start({ STAND_PORTS: 'default' });
    if (taken) expect(addresses['sms-gateway-stub']!.protocolUrl).not.toContain(':8103');
    stand!.kill('SIGINT');
    await ended(stand!);
    for (const server of squatters) server.close();
  }, 150_000);

  it('refuses a bad setting with one precise line', async () => {
    await expect(start({ ONEC_EMPLOYEES: 'many' })).rejects.toThrow(
      /ended with 2:\nstand: ONEC_EMPLOYEES: must be a whole number 1\.\.1000000, got "many"/,
    );
  });
});
