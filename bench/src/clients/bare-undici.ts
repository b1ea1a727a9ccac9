import { Pool } from 'undici';

const CONNECTIONS = 64;
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** The reference: `request` of undici and the parsed body, so many connections always busy; requests and CPU seconds. */
export async function bareUndici(url: string, path: string, seconds: number) {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const headers = { accept: 'application/json', 'user-api-token': 'token', traceparent: TRACEPARENT };
  let operations = 0;
  const before = process.cpuUsage();
  const until = performance.now() + seconds * 1000;
  const loop = async () => {
    while (performance.now() < until) {
      const { body } = await pool.request({ path, method: 'GET', headers });
      await body.json();
      operations += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  const { user, system } = process.cpuUsage(before);
  await pool.close();
  return { operations, failed: 0, cpuSeconds: (user + system) / 1e6 };
}
