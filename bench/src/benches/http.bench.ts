import Table from 'cli-table3';
import type { Bench, BenchOptions } from '../harness/bench.js';
import { closedLoad } from '../harness/closed-load.js';
import { startPeers } from '../harness/peers.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { putRules } from '../harness/put-rules.js';
import { getRequest } from '../harness/raw-connection.js';
import { median, percentile, short } from '../harness/statistics.js';

const FLOOR = 0.6;
const CONNECTIONS = 64;
/** The first round is so much longer: the Java machine compiles for many seconds. */
const WARM_UP = 4;
const OURS = 'emulator';
const REFERENCE = 'bare NestJS+Fastify';
/** Memory may grow by so much between the middle and the end of the bench. */
const MAX_GROWTH = 1.15;

interface Measured {
  readonly perCpuSecond: number;
  readonly p99Ms: number;
  readonly rssBytes: number;
  readonly failures: number;
}

/** Twenty rules for the operation, every kind of condition among them, none of which holds. */
function rules(): readonly object[] {
  const conditions = [
    { subject: { list: ['person:1', 'person:2'] } },
    { subject: { range: [1000, 2000] } },
    { client: 'somebody else' },
    { where: [{ path: 'sender', equals: 'HR-Link' }] },
    { where: [{ path: 'text', regex: '^Код \\d{4}' }] },
  ];
  return Array.from({ length: 20 }, (_, at) => ({
    id: `rule-${String(at).padStart(2, '0')}`,
    fault: 'latency',
    operations: [at % 2 === 0 ? 'stub.*' : 'stub.get'],
    match: conditions[at % conditions.length],
    options: { ms: 1000 },
  }));
}

/** Requests per CPU-second of a full emulator operation by those of the bare framework; peers beside them. */
export const http: Bench = {
  name: 'http',
  about: 'requests per CPU-second: emulator, bare NestJS+Fastify, peers',
  defaults: { rounds: 7, seconds: 3 },
  async run(options) {
    const servers = [await ProcessUnderTest.own(OURS, 'emulator'), await ProcessUnderTest.own(REFERENCE, 'bare-nest')];
    try {
      await putRules(servers[0]!.ready['adminUrl'] as string, rules());
      if (options.peers) servers.push(...(await startPeers(options.log)));
      return verdict(await measure(servers, options), options.log);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
  },
};

async function measure(servers: readonly ProcessUnderTest[], { rounds, seconds, log }: BenchOptions) {
  const measured = new Map(servers.map(({ name }) => [name, [] as Measured[]]));
  const request = getRequest('/stub');
  for (let round = 0; round <= rounds; round += 1) {
    for (const server of servers) {
      const cpuBefore = server.cpuSeconds();
      const length = round === 0 ? seconds * WARM_UP : seconds;
      const load = await closedLoad(server.port, { connections: CONNECTIONS, seconds: length, request });
      const cpu = server.cpuSeconds() - cpuBefore;
      const p99Ms = percentile(load.latenciesMs, 99);
      const { failures } = load;
      const one = { perCpuSecond: load.requests / cpu, p99Ms, rssBytes: server.rssBytes(), failures };
      if (round > 0) measured.get(server.name)!.push(one);
    }
    log(`round ${round} of ${rounds}${round === 0 ? ' (warm-up)' : ''}`);
  }
  return measured;
}

function verdict(measured: ReadonlyMap<string, readonly Measured[]>, log: (line: string) => void) {
  const reference = measured.get(REFERENCE)!;
  const ratioOf = (list: readonly Measured[]) =>
    median(list.map(({ perCpuSecond }, round) => perCpuSecond / reference[round]!.perCpuSecond));
  const table = new Table({ head: ['server', 'req/CPU-s', 'ratio', 'p99 ms', 'RSS MB', 'RSS growth'] });
  const rows = [...measured].map(([name, list]) => ({
    name,
    perCpuSecond: Math.round(median(list.map(({ perCpuSecond }) => perCpuSecond))),
    ratio: short(ratioOf(list), 3),
    p99Ms: short(median(list.map(({ p99Ms }) => p99Ms)), 3),
    rssMb: Math.round(list.at(-1)!.rssBytes / 1e6),
    growth: short(list.at(-1)!.rssBytes / list[Math.floor(list.length / 2)]!.rssBytes, 3),
    failures: list.reduce((sum, { failures }) => sum + failures, 0),
  }));
  for (const row of rows) table.push([row.name, row.perCpuSecond, row.ratio, row.p99Ms, row.rssMb, row.growth]);
  log(table.toString());
  const ours = rows.find(({ name }) => name === OURS)!;
  const holds = ours.ratio >= FLOOR && ours.growth <= MAX_GROWTH && ours.failures === 0;
  const others = rows.filter(({ name }) => name !== OURS && name !== REFERENCE);
  return {
    bench: 'http',
    ratio: ours.ratio,
    floor: FLOOR,
    holds,
    ours: ours.perCpuSecond,
    reference: rows.find(({ name }) => name === REFERENCE)!.perCpuSecond,
    memoryGrowth: ours.growth,
    rssMb: ours.rssMb,
    failures: ours.failures,
    peers: Object.fromEntries(others.map(({ name, ratio, perCpuSecond }) => [name, { ratio, perCpuSecond }])),
  };
}
