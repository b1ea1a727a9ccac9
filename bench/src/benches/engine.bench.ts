import Table from 'cli-table3';
import { LatencyHistogram } from '../../../load/src/engine/latency-histogram.js';
import { Random } from '../../../load/src/engine/random.js';
import type { Bench } from '../harness/bench.js';
import { ClientProcess, type ClientResult } from '../harness/client-process.js';
import { installPeer } from '../harness/install-peers.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { median, short } from '../harness/statistics.js';

const FLOOR = 0.7;
/** Operations of one turn for every second asked for: about what one core does. */
const OPERATIONS_PER_SECOND = 10_000;
const RATES = [500, 1000, 2000];
const PARTS = 8;
const VALUES = 200_000;

/** One step of a scenario through the whole engine, beside bare undici and autocannon; CPU of the client. */
export const engine: Bench = {
  name: 'engine',
  about: 'requests per CPU-second of a scenario step through the whole engine, beside undici.request and autocannon',
  defaults: { rounds: 5, seconds: 4 },
  async run({ rounds, seconds, peers, log }) {
    const server = await ProcessUnderTest.own('server', 'hrlink-answer');
    const url = `http://127.0.0.1:${server.port}`;
    const modules = peers ? installPeer('autocannon', log) : undefined;
    const clients = { engine: 0, undici: 0, autocannon: 0 };
    const open = Object.keys(clients).map(
      (name) => [name, new ClientProcess(url, server.ready['path'] as string)] as const,
    );
    const of = Object.fromEntries(open) as Record<keyof typeof clients, ClientProcess>;
    const seen: Record<keyof typeof clients, number[]> = { engine: [], undici: [], autocannon: [] };
    try {
      for (let round = 0; round <= rounds; round += 1) {
        const turns: [keyof typeof clients, () => Promise<ClientResult>][] = [
          ['engine', () => of.engine.do({ kind: 'engine', operations: OPERATIONS_PER_SECOND * seconds })],
          ['undici', () => of.undici.do({ kind: 'undici', seconds })],
        ];
        if (modules) turns.push(['autocannon', () => of.autocannon.do({ kind: 'autocannon', seconds, modules })]);
        for (const [name, turn] of round % 2 === 0 ? turns : turns.toReversed()) {
          const { operations, cpuSeconds } = await turn();
          if (round > 0) seen[name].push(operations / cpuSeconds);
        }
        log(`round ${round} of ${rounds}${round === 0 ? ' (warm-up)' : ''}`);
      }
      const lags: LagRow[] = [];
      for (const perSecond of RATES)
        lags.push(lagRow(perSecond, await of.engine.do({ kind: 'engine-at-rate', perSecond, seconds }), seconds));
      return verdict(seen, lags, log);
    } finally {
      for (const [, client] of open) client.stop();
      await server.stop();
    }
  },
};

interface LagRow {
  readonly perSecond: number;
  readonly achieved: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

function lagRow(
  perSecond: number,
  { operations, lagP50Ms = NaN, lagP99Ms = NaN }: ClientResult,
  seconds: number,
): LagRow {
  return { perSecond, achieved: operations / seconds, p50Ms: short(lagP50Ms, 3), p99Ms: short(lagP99Ms, 3) };
}

function verdict(seen: Record<string, number[]>, lag: readonly LagRow[], log: (line: string) => void) {
  const rate = (name: string) => Math.round(median(seen[name] ?? []));
  const [ours, reference, autocannon] = [rate('engine'), rate('undici'), rate('autocannon')];
  const table = new Table({ head: ['client', 'requests per CPU-second', 'of undici'] });
  for (const [name, value] of [
    ['scenario step through the engine', ours],
    ['undici request + json', reference],
    ['autocannon', autocannon],
  ] as const) {
    if (!Number.isNaN(value)) table.push([name, value, short(value / reference, 3)]);
  }
  log(table.toString());
  const lags = new Table({ head: ['planned op/s', 'sent op/s', 'dispatch lag p50 ms', 'p99 ms'] });
  for (const row of lag) lags.push([row.perSecond, row.achieved, row.p50Ms, row.p99Ms]);
  log(lags.toString());
  const merge = mergedHistograms();
  log(
    `${VALUES} values in ${PARTS} histograms merge ${merge.isExact ? 'exactly' : 'WRONGLY'}, ${merge.msPerMerge} ms each`,
  );
  const ratio = short(ours / reference, 3);
  const holds = ratio >= FLOOR && merge.isExact;
  return { bench: 'engine', ratio, floor: FLOOR, holds, ours, reference, autocannon, lag, merge };
}

/** Parts of a set of values, each encoded and merged as workers' histograms are, against the whole set in one histogram. */
function mergedHistograms() {
  const random = new Random('merge');
  const whole = LatencyHistogram.empty();
  const parts = Array.from({ length: PARTS }, () => LatencyHistogram.empty());
  for (let index = 0; index < VALUES; index += 1) {
    const value = Math.exp(random.next() * 12) / 10;
    whole.record(value);
    parts[random.below(PARTS)]!.record(value);
  }
  const merged = LatencyHistogram.empty();
  const from = performance.now();
  for (const part of parts) {
    const decoded = LatencyHistogram.decode(part.encode());
    merged.add(decoded);
    decoded.destroy();
  }
  const msPerMerge = short((performance.now() - from) / PARTS, 3);
  return { isExact: merged.encode() === whole.encode() && merged.count === VALUES, msPerMerge };
}
