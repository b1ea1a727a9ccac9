import Table from 'cli-table3';
import type { Bench } from '../harness/bench.js';
import { openLoad } from '../harness/open-load.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { putRules } from '../harness/put-rules.js';
import { getRequest } from '../harness/raw-connection.js';
import { median, percentile, short } from '../harness/statistics.js';

const DELAY_MS = 100;
const CONNECTIONS = 1000;
/** Calls a second: some hundreds pending at any moment on the thousand connections. */
const PER_SECOND = 3000;
/** The emulator's 99th percentile where a bare timer server keeps 120 ms. */
const MAX_P99_MS = 130;
const REFERENCE_P99_MS = 120;

/** A fixed delay of 100 ms over 1,000 keep-alive connections, beside a bare timer server. */
export const fixedLatency: Bench = {
  name: 'fixed-latency',
  about: 'fixed 100 ms over 1,000 keep-alive connections: p99 beside a bare timer server',
  defaults: { rounds: 5, seconds: 8 },
  async run({ rounds, seconds, log }) {
    const emulator = await ProcessUnderTest.own('emulator', 'emulator');
    const bare = await ProcessUnderTest.own('bare', 'bare-timer', [JSON.stringify({ ms: DELAY_MS })]);
    try {
      const rule = { id: 'slow', fault: 'latency', operations: ['*'], options: { ms: DELAY_MS } };
      await putRules(emulator.ready['adminUrl'] as string, [rule]);
      const ours: Seen[] = [];
      const reference: Seen[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const [our, their] = [await seen(emulator.port, '/delay', seconds), await seen(bare.port, '/stub', seconds)];
        if (round > 0) ours.push(our);
        if (round > 0) reference.push(their);
        log(`round ${round} of ${rounds}${round === 0 ? ' (warm-up)' : ''}`);
      }
      return verdict(ours, reference, log);
    } finally {
      await Promise.all([emulator.stop(), bare.stop()]);
    }
  },
};

interface Seen {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly perSecond: number;
  readonly lost: number;
}

async function seen(port: number, path: string, seconds: number): Promise<Seen> {
  const request = getRequest(path);
  const { calls, starved } = await openLoad(port, {
    connections: CONNECTIONS,
    perSecond: PER_SECOND,
    seconds,
    request,
  });
  const answered = calls.flatMap(({ sentMs, reply }) => (reply?.status === 200 ? [reply.atMs - sentMs] : []));
  const sorted = Float64Array.from(answered).sort();
  const lost = starved + calls.length - answered.length;
  return { p50Ms: percentile(sorted, 50), p99Ms: percentile(sorted, 99), perSecond: answered.length / seconds, lost };
}

function verdict(ours: readonly Seen[], reference: readonly Seen[], log: (line: string) => void) {
  const of = (list: readonly Seen[]) => ({
    p50Ms: short(median(list.map(({ p50Ms }) => p50Ms))),
    p99Ms: short(median(list.map(({ p99Ms }) => p99Ms))),
    perSecond: Math.round(median(list.map(({ perSecond }) => perSecond))),
    lost: list.reduce((sum, { lost }) => sum + lost, 0),
  });
  const [emulator, bare] = [of(ours), of(reference)];
  const table = new Table({ head: ['server', 'p50 ms', 'p99 ms', 'req/s', 'lost'] });
  table.push(['emulator', ...Object.values(emulator)], ['bare Fastify setTimeout', ...Object.values(bare)]);
  log(table.toString());
  // On a machine too busy for the bare timer the same share is allowed on top of what it managed.
  const allowedMs = Math.max(MAX_P99_MS, (bare.p99Ms * MAX_P99_MS) / REFERENCE_P99_MS);
  const ratio = short(allowedMs / emulator.p99Ms, 3);
  const comparable = bare.p99Ms <= REFERENCE_P99_MS;
  return { bench: 'fixed-latency', ratio, floor: 1, holds: ratio >= 1, ours: emulator, reference: bare, comparable };
}
