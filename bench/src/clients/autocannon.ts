import { createRequire } from 'node:module';
import { join } from 'node:path';

const CONNECTIONS = 64;

type Autocannon = (options: object) => Promise<{ requests: { total: number }; non2xx: number; errors: number }>;

/** autocannon in this very process, so many connections always busy; requests and CPU seconds. `modules` is where peers are installed. */
export async function autocannonRun(modules: string, url: string, seconds: number) {
  const autocannon = createRequire(join(modules, 'package.json'))('autocannon') as Autocannon;
  const headers = { 'user-api-token': 'token' };
  const before = process.cpuUsage();
  const { requests, non2xx, errors } = await autocannon({ url, connections: CONNECTIONS, duration: seconds, headers });
  const { user, system } = process.cpuUsage(before);
  return { operations: requests.total, failed: non2xx + errors, cpuSeconds: (user + system) / 1e6 };
}
