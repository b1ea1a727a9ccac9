import { randomUUID } from 'node:crypto';
import type { EngineResult } from '../src/engine/load-engine.js';
import type { Cell } from '../src/engine/recorder.js';
import type { Crew } from '../src/engine/crew.js';
import { contents, FleetHarness } from './fleet-harness.js';
import { KafkaExchange } from './kafka-exchange.js';

const brokers = process.env['TEST_KAFKA_BROKERS'];
const suite = brokers === undefined ? describe.skip : describe;
const title = brokers === undefined ? ' [skipped: TEST_KAFKA_BROKERS names no broker]' : '';
const PERCENTILES = [50, 90, 95, 99, 100];

/** Runs to the end in steps no longer than the time between two reports. */
async function finish(harness: FleetHarness, crewOf: (startAt: number) => Crew): Promise<EngineResult> {
  const startAt = harness.clock.now() + 200;
  let result: EngineResult | undefined;
  const running = harness.engine(crewOf(startAt), startAt).run();
  void running.then((value) => (result = value));
  while (!result) await harness.advance(50);
  return running;
}

interface Figure {
  name: string;
  ms: number;
}

const figuresOf = (cells: readonly Cell[]): Figure[] => {
  const holds = cells.filter(({ stage }) => stage === 'hold');
  const figures = holds.flatMap(({ operation, step, fromPlan }) =>
    PERCENTILES.map((p) => ({ name: `${operation}, hold ${step}, p${p}`, ms: fromPlan.percentile(p)! })),
  );
  return figures.sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** Width of the histogram's bucket for a latency: three significant digits, 1,024 buckets to a doubling. */
const bucketMs = (ms: number) => 2 ** (Math.floor(Math.log2(ms * 1000)) - 10) / 1000;

/** The plan with the outcome of every arrival, seen from the start of the load. */
const storyOf = ({ samples }: FleetHarness) => {
  const startAt = Math.min(...samples.map(({ planned }) => planned));
  const rows = samples.map(({ operation, ordinal, step, stage, planned, outcome }) => {
    return `${operation}|${ordinal}|${step}|${stage}|${outcome}|${(planned - startAt).toFixed(3)}`;
  });
  return rows.sort();
};

suite(`two workers on Kafka and one process, same seed, latencies that depend on the operation alone${title}`, () => {
  it('give the same plan, totals and percentiles, bucket for bucket', async () => {
    const alone = new FleetHarness();
    const local = await finish(alone, (startAt) => alone.localCrew(startAt));
    const exchange = await KafkaExchange.open([brokers!], `load-test-${randomUUID()}`, 2);
    try {
      const together = new FleetHarness(exchange);
      const nodes = ['w1', 'w2'].map((name) => together.worker(name).node);
      await together.gather(2);
      const remote = await finish(together, (startAt) => together.remoteCrew(startAt));
      expect(storyOf(together)).toEqual(storyOf(alone));
      expect(new Set(together.samples.map(({ worker }) => worker))).toEqual(new Set(['w1', 'w2']));
      expect(contents(remote.cells)).toEqual(contents(local.cells));
      const wanted = figuresOf(local.cells);
      for (const [index, { name, ms }] of figuresOf(remote.cells).entries()) {
        process.stdout.write(`${name}: ${ms} ms on two workers, ${wanted[index]!.ms} ms in one process\n`);
        expect(Math.abs(ms - wanted[index]!.ms)).toBeLessThanOrEqual(bucketMs(wanted[index]!.ms));
      }
      await Promise.all(nodes.map((node) => node.stop()));
    } finally {
      await exchange.close();
    }
  }, 120_000);
});
