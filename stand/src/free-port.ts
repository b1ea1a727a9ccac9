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

/** The preferred port when nobody listens on it, else any free one; 0 asks for any. */
export async function freePort(preferred: number, host = '127.0.0.1'): Promise<number> {
  const found = (await listenable(preferred, host)) ?? (await listenable(0, host));
  if (found === undefined) throw new Error(`no free port on ${host}`);
  return found;
}
