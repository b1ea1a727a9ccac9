import { Command } from 'commander';
import { Worker } from 'node:worker_threads';
import { setFlagsFromString } from 'node:v8';
import type { FuzzResult } from './run-cases.js';
import { TARGETS } from './targets.js';

/** Work of the worker without news that counts as a hang: a chunk takes seconds. Time spent waiting for a busy machine does not count. */
const HANG_CPU_MS = 120_000;
/** Silence that counts as one however little was done: something waits for ever. */
const HANG_MS = 1_800_000;
const LOOK_EVERY_MS = 1000;

interface Given {
  readonly cases: string;
  readonly seed?: string;
}

type News = { readonly done: number } | { readonly result: FuzzResult };

/** `npm run fuzz -- <target> --cases N [--seed S]`: exit code 1 on any failure. */
async function fuzz(name: string, { cases, seed }: Given): Promise<void> {
  const workerData = { name, cases: whole('cases', cases), seed: whole('seed', seed ?? String(process.pid)) };
  // Live memory can only be measured after a collection.
  setFlagsFromString('--expose-gc');
  const failures = await watched(new Worker(new URL('./worker.js', import.meta.url), { workerData }));
  process.exitCode = failures === 0 ? 0 : 1;
}

function whole(option: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  process.stderr.write(`--${option}: must be a whole number, got ${JSON.stringify(text.slice(0, 40))}\n`);
  process.exit(2);
}

/** Waits for the worker; a crash or a hang of it is a failure too. */
function watched(worker: Worker): Promise<number> {
  return new Promise((resolve) => {
    let done = 0;
    let heard = { atMs: performance.now(), cpu: process.cpuUsage() };
    const end = (line: string, failures: number) => {
      clearInterval(timer);
      process.stdout.write(`${line}\n`);
      void worker.terminate().then(() => resolve(failures));
    };
    const timer = setInterval(() => {
      const { user, system } = process.cpuUsage(heard.cpu);
      const cpuMs = (user + system) / 1000;
      const silentMs = performance.now() - heard.atMs;
      if (cpuMs < HANG_CPU_MS && silentMs < HANG_MS) return;
      end(
        `hang: nothing for ${Math.round(silentMs / 1000)} s, ${Math.round(cpuMs / 1000)} of CPU, after case ${done}`,
        1,
      );
    }, LOOK_EVERY_MS);
    worker.on('message', (news: News) => {
      heard = { atMs: performance.now(), cpu: process.cpuUsage() };
      if ('result' in news) end(lineOf(news.result), news.result.failures.length);
      else if ((done = news.done) % 100_000 === 0) process.stdout.write(`${done} cases\n`);
    });
    worker.on('error', (failure) => end(`crash after case ${done}: ${describe(failure)}`, 1));
  });
}

function describe(failure: unknown): string {
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}

function lineOf({ cases, seed, failures, seconds, heapMb }: FuzzResult): string {
  const line = { cases, seed, failures: failures.length, seconds: Math.round(seconds), heapMb };
  return [...failures, JSON.stringify(line)].join('\n');
}

const program = new Command('fuzz').description('generated and mutated input against the emulators');
for (const { name, about } of TARGETS) {
  program
    .command(name)
    .description(about)
    .option('--cases <count>', 'how many', '100000')
    .option('--seed <number>', 'a new one when omitted; it is printed')
    .action((given: Given) => fuzz(name, given));
}
await program.parseAsync();
