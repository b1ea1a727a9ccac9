import { Command } from 'commander';
import { cpus } from 'node:os';
import { engine } from './benches/engine.bench.js';
import { esia } from './benches/esia.bench.js';
import { ca } from './benches/ca.bench.js';
import { caMillion } from './benches/ca-million.bench.js';
import { fixedLatency } from './benches/fixed-latency.bench.js';
import { http } from './benches/http.bench.js';
import { latency } from './benches/latency.bench.js';
import { odata } from './benches/odata.bench.js';
import { otel } from './benches/otel.bench.js';
import { otp } from './benches/otp.bench.js';
import { ledger } from './benches/ledger.bench.js';
import { people } from './benches/people.bench.js';
import { ruleChurn } from './benches/rule-churn.bench.js';
import { smppMemory } from './benches/smpp-memory.bench.js';
import { smpp } from './benches/smpp.bench.js';
import type { Bench } from './harness/bench.js';

const BENCHES: readonly Bench[] = [
  engine,
  esia,
  caMillion,
  http,
  latency,
  fixedLatency,
  ruleChurn,
  people,
  smpp,
  smppMemory,
  otel,
  otp,
  ca,
  odata,
  ledger,
];

interface Arguments {
  readonly check?: boolean;
  readonly rounds?: string;
  readonly seconds?: string;
  readonly peers: boolean;
}

/** `npm run bench -- <name> [--check]`: a table for people, then one line of JSON; with `--check` exit code 1 when the floor is missed. */
async function run(bench: Bench, { check, rounds, seconds, peers }: Arguments): Promise<void> {
  const log = (line: string) => void process.stdout.write(`${line}\n`);
  const machine = { cores: cpus().length, cpu: cpus()[0]?.model ?? 'unknown', node: process.version };
  log(`${bench.about}; ${machine.cores} cores, ${machine.cpu}, Node ${machine.node}`);
  const result = await bench.run({
    rounds: Number(rounds ?? bench.defaults.rounds),
    seconds: Number(seconds ?? bench.defaults.seconds),
    peers,
    log,
  });
  log(JSON.stringify({ ...result, cores: machine.cores }));
  process.exitCode = check === true && !result.holds ? 1 : 0;
}

const program = new Command('bench').description('side-by-side measurements');
for (const bench of BENCHES) {
  program
    .command(bench.name)
    .description(bench.about)
    .option('--check', 'ends with 1 when the floor is missed')
    .option('--rounds <count>', `rounds, ${bench.defaults.rounds} when omitted`)
    .option('--seconds <seconds>', `length of one measurement, ${bench.defaults.seconds} when omitted`)
    .option('--no-peers', 'without the products of others')
    .action((given: Arguments) => run(bench, given));
}
await program.parseAsync();
