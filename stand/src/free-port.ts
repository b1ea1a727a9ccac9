import { createServer, type AddressInfo } from 'node:net';

function listenable(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen(port, host, () => {
      const found = (probe.address() as AddressInfo).port;
      probe.close(() => resolve(found));
    });
  });
}

/**
 * Ports below those the system gives out by itself: one of these stays free between the moment it is found so and the moment a service
 * listens on it, whatever connections are made and whatever else is started meanwhile.
 */
const FIRST = 20_000;
const COUNT = 12_000;
const TRIES = 500;
let turn = 0;

/** Processes begin at places far from each other, and go on from there. */
const candidate = (): number => FIRST + ((process.pid * 97 + turn++) % COUNT);

async function anyPort(host: string): Promise<number | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const found = await listenable(candidate(), host);
    if (found !== undefined) return found;
  }
  return listenable(0, host);
}

/** The preferred port when nobody listens on it, else any free one; 0 asks for any. */
export async function freePort(preferred: number, host = '127.0.0.1'): Promise<number> {
  const found = (preferred === 0 ? undefined : await listenable(preferred, host)) ?? (await anyPort(host));
  if (found === undefined) throw new Error(`no free port on ${host}`);
  return found;
}
