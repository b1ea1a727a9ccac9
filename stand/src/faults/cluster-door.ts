import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';
import { nameOf } from './service-address.js';

/** Where in which cluster the stand runs, as kubectl takes it. */
export interface ClusterPlace {
  readonly context: string;
  /** That of the context when undefined. */
  readonly namespace?: string | undefined;
  /** Helm release; needed only where a namespace has several. */
  readonly release?: string | undefined;
  /** Program to ask; found on PATH. */
  readonly kubectl?: string | undefined;
}

/** An admin door within a cluster, forwarded to this machine for as long as it is open. */
export interface ClusterDoor {
  readonly url: string;
  readonly token: string;
  readonly close: () => void;
}

const FORWARD_LIMIT_MS = 20_000;
const run = promisify(execFile);

/**
 * Finds the service's admin door in the cluster, reads the token and forwards the door to a free port here; kubectl must be on PATH.
 * @param token used instead of the one in the release's Secret
 * @throws Error in one line: kubectl's own words, or what was not found
 */
export async function openClusterDoor(place: ClusterPlace, service: string, token?: string): Promise<ClusterDoor> {
  const component = nameOf(service).replace(/^1c-/, 'onec-');
  const { kubectl: program = 'kubectl' } = place;
  const ask = (args: readonly string[]) => kubectl(program, [...where, ...args]);
  const where = ['--context', place.context, ...(place.namespace === undefined ? [] : ['-n', place.namespace])];
  const release = place.release === undefined ? '' : `,app.kubernetes.io/instance=${place.release}`;
  const labels = `app.kubernetes.io/name=poligon,app.kubernetes.io/component=${component}${release}`;
  const names = (await ask(['get', 'service', '-l', labels, '-o', 'jsonpath={.items[*].metadata.name}']))
    .split(' ')
    .filter((name) => name !== '');
  if (names.length !== 1)
    throw new Error(`--context: ${names.length === 0 ? 'no' : 'more than one'} Service ${component} there`);
  const secret = `${names[0]!.slice(0, -component.length - 1)}-tokens`;
  const known = token ?? decoded(await ask(['get', 'secret', secret, '-o', 'jsonpath={.data.admin-token}']));
  const child = spawn(program, [...where, 'port-forward', `service/${names[0]!}`, ':admin'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const port = await forwardedPort(child);
  return { url: `http://127.0.0.1:${port}`, token: known, close: () => void child.kill() };
}

const decoded = (text: string) => Buffer.from(text, 'base64').toString();

async function kubectl(program: string, args: readonly string[]): Promise<string> {
  try {
    return (await run(program, [...args])).stdout.trim();
  } catch (failure) {
    const { code, stderr = '' } = failure as { code?: unknown; stderr?: string };
    throw new Error(code === 'ENOENT' ? '--context: kubectl is not on PATH' : `kubectl: ${stderr.trim()}`, {
      cause: failure,
    });
  }
}

function forwardedPort(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = () => {
      child.kill();
      reject(new Error(`kubectl port-forward: ${output.trim().replaceAll('\n', ' ') || 'says nothing'}`));
    };
    const timer = setTimeout(fail, FORWARD_LIMIT_MS);
    child.once('exit', fail);
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => {
        output += String(chunk);
        const [, port] = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(output) ?? [];
        if (port === undefined) return;
        clearTimeout(timer);
        child.off('exit', fail);
        resolve(port);
      });
  });
}
