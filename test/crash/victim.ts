import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../stand-process.js';

/** A service and the prefix of its settings. */
export interface Service {
  readonly name: string;
  readonly prefix: string;
}

/** A port that no outgoing connection is given, so that it is still free when the service comes back to it. */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(10_000 + Math.floor(Math.random() * 20_000), '127.0.0.1');
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('listening', () => resolve(true)).once('error', () => resolve(false));
    });
    if (!isFree) continue;
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

/** A built service that is killed and started again at the same addresses. */
export class Victim {
  kills = 0;
  private child: ChildProcess | undefined;
  private output = '';

  private constructor(
    readonly name: string,
    private readonly environment: NodeJS.ProcessEnv,
    readonly protocolUrl: string,
    readonly adminUrl: string,
  ) {}

  static async start({ name, prefix }: Service, state: NodeJS.ProcessEnv): Promise<Victim> {
    const [port, adminPort] = [await freePort(), await freePort()];
    const ports = { [`${prefix}_PORT`]: String(port), [`${prefix}_ADMIN_PORT`]: String(adminPort), SMS_SMPP_PORT: '0' };
    const environment = {
      ...process.env,
      LOG_LEVEL: 'warn',
      ...ports,
      [`${prefix}_LATENCY_PROFILE`]: 'none',
      ...state,
    };
    const victim = new Victim(name, environment, `http://127.0.0.1:${port}`, `http://127.0.0.1:${adminPort}`);
    await victim.run();
    return victim;
  }

  get pid(): number {
    return this.child!.pid!;
  }

  get isAlive(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** Ends the process as `kill -9` does and starts it again. */
  async killAndRestart(): Promise<void> {
    const gone = once(this.child!, 'exit');
    this.child!.kill('SIGKILL');
    await gone;
    this.kills += 1;
    await this.run();
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await gone;
    clearTimeout(kill);
  }

  private async run(): Promise<void> {
    const entry = join(ROOT, 'dist', 'services', this.name, 'src', 'main.js');
    const child = fork(entry, { cwd: ROOT, env: this.environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.child = child;
    this.output = '';
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-5000)));
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`${this.name} ended with ${code} at start:\n${this.output}`)));
    });
  }
}
