import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { freePort } from './free-port.js';

const RANGE = '/proc/sys/net/ipv4/ip_local_port_range';
/** First port the system gives out by itself, where it says so. */
const firstGivenOut = existsSync(RANGE) ? Number(readFileSync(RANGE, 'utf8').split(/\s+/)[0]) : 0;

describe('a free port', () => {
  it('is the preferred one when nobody listens on it, another one when somebody does', async () => {
    const port = await freePort(0);
    expect(await freePort(port)).toBe(port);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    const other = await freePort(port);
    server.close();
    expect(other).not.toBe(port);
  });

  it('is never asked for twice, and none that the system may give to somebody else before it is used', async () => {
    const ports = [];
    for (let count = 0; count < 50; count += 1) ports.push(await freePort(0));
    expect(new Set(ports).size).toBe(50);
    if (firstGivenOut >= 32_000) expect(Math.max(...ports)).toBeLessThan(firstGivenOut);
  });
});
