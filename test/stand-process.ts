import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Root of the repository. */
export const ROOT = join(import.meta.dirname, '..');
const READY_MS = 90_000;

/** What a running stand leaves word of. */
export interface Descriptor {
  readonly pid: number;
  readonly children: readonly number[];
  readonly apiToken: string;
  /** `host:port` at which a load run takes the spans of the services. */
  readonly traces?: string;
  readonly addresses: Readonly<Record<string, { readonly protocolUrl: string; readonly adminUrl: string }>>;
}

/** The built stand as a child process. */
export interface StandProcess {
  readonly child: ChildProcess;
  readonly descriptor: Descriptor;
}

/**
 * Starts the built stand on free ports and resolves when it says that it is up.
 * @param folder where it leaves its descriptor
 * @param onChild gets the process before it is up, so that a failed start can be cleaned up
 */
export function startStand(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  onChild: (child: ChildProcess) => void = () => undefined,
): Promise<StandProcess> {
  const child = spawn(process.execPath, ['dist/stand/src/main.js'], {
    cwd: ROOT,
    env: { ...process.env, STAND_PORTS: 'free', STAND_FOLDER: folder, LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onChild(child);
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`not up:\n${output}`)), READY_MS);
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes('The stand is up')) return;
      clearTimeout(timer);
      const descriptor = JSON.parse(readFileSync(join(folder, 'stand.json'), 'utf8')) as Descriptor;
      resolve({ child, descriptor });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code}:\n${output}`));
    });
  });
}

/** Exit code of a process, null when a signal ended it. */
export const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });
