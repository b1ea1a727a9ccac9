import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '../src/engine/sample.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** The built command line as a process of its own; output is gathered. */
export class LoadProcess {
  out = '';
  err = '';
  readonly ended: Promise<number | null>;
  readonly child: ChildProcess;

  constructor(args: readonly string[], environment: Record<string, string> = {}) {
    this.child = spawn(process.execPath, [join(ROOT, 'dist/load/src/main.js'), ...args], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout!.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    this.child.stderr!.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
    this.ended = new Promise((resolve) => this.child.once('exit', (code) => resolve(code)));
  }

  /** Resolves when the output has the text; rejects when the process ends before. */
  saying(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.out.includes(text)) resolve();
      };
      this.child.stdout!.on('data', look);
      void this.ended.then((code) => reject(new Error(`ended with ${code}: ${this.out}${this.err}`)));
      look();
    });
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    await this.ended;
  }
}

/** What a test has started: none outlives it. */
export class LoadProcesses {
  private readonly started: LoadProcess[] = [];

  start(args: readonly string[], environment: Record<string, string> = { LOAD_HRLINK_TOKEN: 'secret' }): LoadProcess {
    const started = new LoadProcess(args, environment);
    this.started.push(started);
    return started;
  }

  async kill(): Promise<void> {
    await Promise.all(this.started.splice(0).map((each) => each.kill()));
  }
}

/** Plan and profile files of a test; gives the options that name them. */
export function writeFiles(folder: string, plan: string, operations: Record<string, number>): string[] {
  const lines = Object.entries(operations).map(
    ([id, perHour]) => `  ${id}: { perHour: ${perHour}, sla: { percentile: 95, limit: 5m } }`,
  );
  const data = '{ signers: 6, organisations: 1, lnaRecipients: 2, pdfKilobytes: 2, signatureSampleShare: 1 }';
  const timing = '{ pollInterval: 20ms, pollTimeout: 20s, otpTimeout: 20s }';
  writeFileSync(join(folder, 'plan.yaml'), `name: tiny\n${plan}\ndrain: 20s\ncheckpointEvery: 500ms\n`);
  writeFileSync(
    join(folder, 'profile.yaml'),
    `name: tiny\noperations:\n${lines.join('\n')}\ndata: ${data}\ntiming: ${timing}\n`,
  );
  return ['--plan', join(folder, 'plan.yaml'), '--profile', join(folder, 'profile.yaml')];
}

/** The only run folder under `runs`. */
export function runIn(runs: string): string {
  return join(runs, readdirSync(runs)[0]!);
}

export function samplesOf(run: string): Sample[] {
  const path = join(run, 'samples.ndjson');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Sample);
}

/** Resolves when the condition holds; files of another process cannot be waited for otherwise. */
export async function eventually(isTrue: () => boolean, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('not in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
