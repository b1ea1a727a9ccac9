import Table from 'cli-table3';
import type { Bench, BenchOptions } from '../harness/bench.js';
import { openLoad } from '../harness/open-load.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { putRules } from '../harness/put-rules.js';
import { getRequest } from '../harness/raw-connection.js';
import { ksDistance, median, normalCumulative, percentile, short } from '../harness/statistics.js';

const P50_MS = 100;
const P95_MS = 400;
const LATENCY = { distribution: 'lognormal', p50Ms: P50_MS, p95Ms: P95_MS };
const SIGMA = Math.log(P95_MS / P50_MS) / 1.644853626951;
const WARM_UP_SECONDS = 5;
const MAX_KS = 0.02;
/** How much later than the bare timer's own the emulator's 99th percentile of errors may be. */
const MAX_EXTRA_P99_MS = 5;

interface Observed {
  readonly ks: number;
  readonly p50ErrorMs: number;
  readonly p99ErrorMs: number;
  readonly p99Ms: number;
  readonly lost: number;
}

/** Configured against observed delays at 1,000 calls a second, beside a server with one bare timer per reply. */
export const latency: Bench = {
  name: 'latency',
  about: 'lognormal p50 100 ms, p95 400 ms at 1,000 req/s: distance and error, beside a bare timer server',
  defaults: { rounds: 5, seconds: 30 },
  async run(options) {
    const emulator = await ProcessUnderTest.own('emulator', 'emulator');
    const bare = await ProcessUnderTest.own('bare Fastify setTimeout', 'bare-timer', [JSON.stringify(LATENCY)]);
    try {
      const rule = { id: 'slow', fault: 'latency', operations: ['*'], options: LATENCY };
      await putRules(emulator.ready['adminUrl'] as string, [rule]);
      const ours: Observed[] = [];
      const reference: Observed[] = [];
      // The compiler's first seconds are nobody's latency.
      await observe(emulator.port, '/delay', { ...options, seconds: WARM_UP_SECONDS });
      await observe(bare.port, '/stub', { ...options, seconds: WARM_UP_SECONDS });
      for (let round = 1; round <= options.rounds; round += 1) {
        ours.push(await observe(emulator.port, '/delay', options));
        reference.push(await observe(bare.port, '/stub', options));
        options.log(`round ${round} of ${options.rounds}`);
      }
      return verdict(ours, reference, options.log);
    } finally {
      await Promise.all([emulator.stop(), bare.stop()]);
    }
  },
};

async function observe(port: number, path: string, { seconds }: BenchOptions): Promise<Observed> {
  const load = { connections: 1000, perSecond: 1000, seconds, request: getRequest(path) };
  const { calls, starved } = await openLoad(port, load);
  const answered = calls.flatMap(({ sentMs, reply }) => (reply?.status === 200 ? [{ sentMs, reply }] : []));
  const observed = Float64Array.from(answered.map(({ sentMs, reply }) => reply.atMs - sentMs)).sort();
  const errors = Float64Array.from(
    answered.map(({ sentMs, reply }) => reply.atMs - sentMs - intendedMs(reply.body)),
  ).sort();
  return {
    ks: ksDistance(observed, (ms) => normalCumulative(Math.log(ms / P50_MS) / SIGMA)),
    p50ErrorMs: percentile(errors, 50),
    p99ErrorMs: percentile(errors, 99),
    p99Ms: percentile(observed, 99),
    lost: starved + calls.length - answered.length,
  };
}

function intendedMs(body: Buffer): number {
  return (JSON.parse(body.toString()) as { intendedMs: number }).intendedMs;
}

function verdict(ours: readonly Observed[], reference: readonly Observed[], log: (line: string) => void) {
  const of = (list: readonly Observed[]) => ({
    ks: short(median(list.map(({ ks }) => ks)), 3),
    p50ErrorMs: short(median(list.map(({ p50ErrorMs }) => p50ErrorMs)), 3),
    p99ErrorMs: short(median(list.map(({ p99ErrorMs }) => p99ErrorMs)), 3),
    p99Ms: short(median(list.map(({ p99Ms }) => p99Ms)), 4),
    lost: list.reduce((sum, { lost }) => sum + lost, 0),
  });
  const [emulator, bare] = [of(ours), of(reference)];
  const table = new Table({ head: ['server', 'KS', 'error p50 ms', 'error p99 ms', 'p99 ms', 'lost'] });
  table.push(['emulator', ...Object.values(emulator)], ['bare Fastify setTimeout', ...Object.values(bare)]);
  log(table.toString());
  const extraP99Ms = short(emulator.p99ErrorMs - bare.p99ErrorMs, 3);
  const holds = emulator.ks <= MAX_KS && extraP99Ms <= MAX_EXTRA_P99_MS && emulator.lost === 0;
  const ratio = short(MAX_KS / emulator.ks, 3);
  return { bench: 'latency', ratio, floor: 1, holds, ours: emulator, reference: bare, maxKs: MAX_KS, extraP99Ms };
}
