import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../stand-process.js';

const START_LIMIT_MS = 60_000;

interface Ready {
  readonly type: 'ready';
  readonly protocolUrl: string;
  readonly adminUrl: string;
}

/** One built service as a process of its own. */
export class Replica {
  private constructor(
    readonly child: ChildProcess,
    readonly protocolUrl: string,
    readonly adminUrl: string,
    private readonly output: readonly string[],
  ) {}

  /**
   * Starts the service and resolves when both doors are open.
   * @param service folder under services/
   * @param environment its settings; nothing else of this process's environment but PATH
   */
  static start(service: string, environment: Readonly<Record<string, string>>): Promise<Replica> {
    const child = fork(join(ROOT, `dist/services/${service}/src/main.js`), {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', ...environment },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const output: string[] = [];
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => output.push(String(chunk)));
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        child.kill('SIGKILL');
        reject(new Error(`${service} ${why}:\n${output.join('')}`));
      };
      const timer = setTimeout(() => fail('is not up'), START_LIMIT_MS);
      child.once('exit', (code) => fail(`ended with ${code}`));
      child.on('message', ({ type, protocolUrl, adminUrl }: Ready) => {
        if (type !== 'ready') return;
        clearTimeout(timer);
        child.removeAllListeners('exit');
        resolve(new Replica(child, protocolUrl, adminUrl, output));
      });
    });
  }

  /** What it has written so far. */
  get log(): string {
    return this.output.join('');
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Asks the process to end; resolves to its exit code. */
  stop(): Promise<number | null> {
    return new Promise((resolve) => {
      if (!this.isRunning) return resolve(this.child.exitCode);
      this.child.once('exit', (code) => resolve(code));
      this.child.kill('SIGTERM');
    });
  }

  /** The value of one line of `/metrics`, summed over its labels when only the name is given. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.adminUrl}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }
}

/** Free ports for one service, by its prefix. */
export function freePorts(prefix: string): Record<string, string> {
  return { [`${prefix}_PORT`]: '0', [`${prefix}_ADMIN_PORT`]: '0' };
}

/** Resolves when the condition holds, to the ms it took. @throws after `limitMs` */
export async function until(holds: () => boolean | Promise<boolean>, limitMs: number): Promise<number> {
  const startMs = performance.now();
  while (!(await holds())) {
    if (performance.now() - startMs > limitMs) throw new Error(`still not so after ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - startMs;
}
