import Table from 'cli-table3';
import type { Bench, BenchOptions } from '../harness/bench.js';
import { closedLoad } from '../harness/closed-load.js';
import { freePort } from '../harness/free-port.js';
import { installPeer } from '../harness/install-peers.js';
import { ProcessUnderTest } from '../harness/process-under-test.js';
import { getRequest } from '../harness/raw-connection.js';
import { median, percentile, short } from '../harness/statistics.js';

const FLOOR_TENTH = 0.85;
const FLOOR_ALL = 0.6;
const CONNECTIONS = 64;
/** The first round is so much longer: compilers need work to see. */
const WARM_UP = 3;
const SLICE_SECONDS = 0.5;
/** Longest time on the wall for one stretch. */
const MAX_STRETCH_MS = 60_000;
const OFF = 'tracing off';
const TENTH = 'tracing 10 %';
const ALL = 'tracing 100 %';
const BARE = 'bare NestJS+Fastify';

interface Measured {
  readonly perCpuSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rssBytes: number;
  readonly failures: number;
}

/** What tracing costs an operation of an emulator, by the share that is recorded; the stock instrumentation of the framework beside it. */
export const otel: Bench = {
  name: 'otel',
  about: 'requests per CPU-second: tracing at 10 % and 100 % by off; collectors of no use; stock instrumentation',
  defaults: { rounds: 5, seconds: 2 },
  async run(options) {
    const collectors = await Promise.all([
      ProcessUnderTest.own('collector', 'otlp-sink', ['200']),
      ProcessUnderTest.own('collector that refuses', 'otlp-sink', ['429']),
      ProcessUnderTest.own('collector that never answers', 'otlp-sink', ['never']),
    ]);
    const servers: ProcessUnderTest[] = [];
    try {
      const [taking, refusing, silent] = collectors.map(({ port }) => `http://127.0.0.1:${port}`);
      await startAll(servers, { taking: taking!, refusing: refusing!, silent: silent! }, options);
      return verdict(await measure(servers, options), options.log);
    } finally {
      await Promise.all([...servers, ...collectors].map((server) => server.stop()));
    }
  },
};

async function startAll(
  servers: ProcessUnderTest[],
  { taking, refusing, silent }: Readonly<Record<'taking' | 'refusing' | 'silent', string>>,
  { peers, log }: BenchOptions,
): Promise<void> {
  const down = `http://127.0.0.1:${await freePort()}`;
  const emulator = async (name: string, endpoint?: string, share = 1) => {
    const sampler = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: String(share) };
    const variables = endpoint === undefined ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, ...sampler };
    servers.push(await ProcessUnderTest.own(name, 'traced-emulator', [JSON.stringify(variables)]));
  };
  await emulator(OFF);
  await emulator(TENTH, taking, 0.1);
  await emulator(ALL, taking);
  await emulator('100 %, collector down', down);
  await emulator('100 %, collector answers 429', refusing);
  await emulator('100 %, collector never answers', silent);
  if (!peers) return;
  const folder = installPeer('@opentelemetry/instrumentation-http', log);
  if (folder === undefined) return;
  servers.push(await ProcessUnderTest.own(BARE, 'bare-nest'));
  for (const share of ['0', '0.1', '1']) {
    servers.push(
      await ProcessUnderTest.own(`bare + stock ${Number(share) * 100} %`, 'stock-otel', [share, taking, folder]),
    );
  }
}

async function measure(servers: readonly ProcessUnderTest[], { rounds, seconds, log }: BenchOptions) {
  const measured = new Map(servers.map(({ name }) => [name, [] as Measured[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const server of servers) {
      const one = await measureOne(server, round === 0 ? seconds * WARM_UP : seconds);
      if (round > 0) measured.get(server.name)!.push(one);
    }
    log(`round ${round} of ${rounds}${round === 0 ? ' (warm-up)' : ''}`);
  }
  return measured;
}

/** Loads a server until it has worked for so many seconds of its CPU: on a busy machine the clock on the wall says nothing about warmth. */
async function measureOne(server: ProcessUnderTest, cpuSeconds: number): Promise<Measured> {
  const request = getRequest('/stub');
  const before = server.cpuSeconds();
  const untilMs = performance.now() + MAX_STRETCH_MS;
  const [p50s, p99s]: [number[], number[]] = [[], []];
  let [requests, failed] = [0, 0];
  do {
    const load = await closedLoad(server.port, { connections: CONNECTIONS, seconds: SLICE_SECONDS, request });
    requests += load.requests;
    failed += load.failures;
    p50s.push(percentile(load.latenciesMs, 50));
    p99s.push(percentile(load.latenciesMs, 99));
  } while (server.cpuSeconds() - before < cpuSeconds && performance.now() < untilMs);
  const perCpuSecond = requests / (server.cpuSeconds() - before);
  const [p50Ms, p99Ms] = [median(p50s), median(p99s)];
  return { perCpuSecond, p50Ms, p99Ms, rssBytes: server.rssBytes(), failures: failed };
}

function verdict(measured: ReadonlyMap<string, readonly Measured[]>, log: (line: string) => void) {
  const table = new Table({ head: ['server', 'req/CPU-s', 'ratio', 'of', 'p50 ms', 'p99 ms', 'RSS MB'] });
  const rows = [...measured].map(([name, list]) => {
    const base = name.startsWith('bare') ? BARE : OFF;
    const reference = measured.get(base)!;
    return {
      name,
      base,
      perCpuSecond: Math.round(median(list.map(({ perCpuSecond }) => perCpuSecond))),
      ratio: short(median(list.map(({ perCpuSecond }, round) => perCpuSecond / reference[round]!.perCpuSecond)), 3),
      p50Ms: short(median(list.map(({ p50Ms }) => p50Ms)), 3),
      p99Ms: short(median(list.map(({ p99Ms }) => p99Ms)), 3),
      rssMb: Math.round(list.at(-1)!.rssBytes / 1e6),
      failures: list.reduce((sum, { failures }) => sum + failures, 0),
    };
  });
  for (const row of rows)
    table.push([row.name, row.perCpuSecond, row.ratio, row.base, row.p50Ms, row.p99Ms, row.rssMb]);
  log(table.toString());
  const of = (name: string) => rows.find((row) => row.name === name)!;
  const [tenth, all] = [of(TENTH), of(ALL)];
  const failures = rows.reduce((sum, row) => sum + row.failures, 0);
  return {
    bench: 'otel',
    ratio: tenth.ratio,
    floor: FLOOR_TENTH,
    ratioAll: all.ratio,
    floorAll: FLOOR_ALL,
    holds: tenth.ratio >= FLOOR_TENTH && all.ratio >= FLOOR_ALL && failures === 0,
    ours: tenth.perCpuSecond,
    reference: of(OFF).perCpuSecond,
    failures,
    others: Object.fromEntries(
      rows.map(({ name, ratio, p50Ms, p99Ms, rssMb }) => [name, { ratio, p50Ms, p99Ms, rssMb }]),
    ),
  };
}
