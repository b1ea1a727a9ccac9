import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Ticks a second that the kernel counts CPU time in. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;
const START_TIMEOUT_MS = 60_000;

/** A server of its own process, whose CPU and memory are read from the kernel. */
export class ProcessUnderTest {
  private constructor(
    readonly name: string,
    readonly port: number,
    private readonly child: ChildProcess,
    /** Whatever the server told when it was ready. */
    readonly ready: Readonly<Record<string, unknown>>,
  ) {}

  /** Starts one of our own servers, which sends `{ port }` over the process channel when it listens. */
  static async own(name: string, entry: string, args: readonly string[] = []): Promise<ProcessUnderTest> {
    const file = new URL(`../servers/${entry}.js`, import.meta.url).pathname;
    const child = spawn(process.execPath, [file, ...args], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {},
    });
    const ready = await new Promise<{ port: number }>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} did not start`)), START_TIMEOUT_MS);
      child.once('message', (message) => {
        clearTimeout(timer);
        resolve(message as { port: number });
      });
      child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
    });
    return new ProcessUnderTest(name, ready.port, child, { ...ready });
  }

  /** Starts any program and waits until `isUp` says so. */
  static async program(
    { name, port, command, args }: { name: string; port: number; command: string; args: readonly string[] },
    isUp: (port: number) => Promise<boolean>,
  ): Promise<ProcessUnderTest> {
    const path = [new URL('.', `file://${process.execPath}`).pathname, '/usr/local/bin', '/usr/bin', '/bin'].join(':');
    const child = spawn(command, [...args], { stdio: 'ignore', env: { PATH: path, HOME: '/tmp' } });
    const untilMs = performance.now() + START_TIMEOUT_MS;
    while (!(await isUp(port))) {
      if (child.exitCode !== null || performance.now() > untilMs) {
        child.kill('SIGKILL');
        throw new Error(`${name} did not start`);
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return new ProcessUnderTest(name, port, child, {});
  }

  /** CPU seconds used so far, user and system, all threads and children that have ended. */
  cpuSeconds(): number {
    const fields = this.stat();
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }

  /** Resident memory. */
  rssBytes(): number {
    return Number(readFileSync(`/proc/${this.child.pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }

  /** Fields after the command name, which may itself contain spaces. */
  private stat(): readonly string[] {
    const text = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  }
}
