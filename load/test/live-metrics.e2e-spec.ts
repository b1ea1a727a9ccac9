import type { Clock } from '../src/engine/clock.js';
import { layOut } from '../src/engine/timeline.js';
import type { Sample } from '../src/engine/sample.js';
import { liveMetrics } from '../src/live/live-metrics.js';
import { LiveRun } from '../src/live/live-run.js';
import { MetricsDoor } from '../src/live/metrics-door.js';
import { doorAddress } from '../src/cli/arguments.js';
import { reportModel } from './report-model.fixture.js';

const START = Date.UTC(2026, 0, 15, 9);
const { planned } = reportModel();
const phases = layOut([{ levelPercent: 100, rampMs: 10_000, holdMs: 60_000, settleMs: 0 }], 0);

const sample = (over: Partial<Sample> = {}): Sample => ({
  operation: 'sign-unep',
  ordinal: 1,
  step: 1,
  stage: 'hold',
  planned: START + 20_000,
  started: START + 20_500,
  completed: START + 22_000,
  outcome: 'ok',
  ...over,
});

async function scrape(run: LiveRun, now: number): Promise<Map<string, number>> {
  const door = await MetricsDoor.open({ host: '127.0.0.1', port: 0 });
  try {
    door.show(liveMetrics(run, () => now));
    const text = await (await fetch(door.url)).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    );
  } finally {
    await door.close();
  }
}

it('publishes percentiles of the last minute as gauges, from the plan and from sending', async () => {
  const run = new LiveRun('r', planned, START);
  for (let at = 1; at <= 100; at += 1) {
    run.add(sample({ completed: START + 20_000 + at * 10 }), START + 40_000);
  }
  const metrics = await scrape(run, START + 41_000);
  const latency = (from: string, quantile: string) =>
    metrics.get(`poligon_load_latency_seconds{operation="sign-unep",from="${from}",quantile="${quantile}"}`);
  expect(latency('plan', '0.5')).toBeCloseTo(0.5, 2);
  expect(latency('plan', '0.99')).toBeCloseTo(0.99, 2);
  expect(latency('send', '0.99')).toBeCloseTo(0.49, 2);
  const lag = metrics.get('poligon_load_generator_lag_seconds{operation="sign-unep",quantile="0.99"}');
  expect(lag).toBeCloseTo(0.5, 2);
  expect(
    (await scrape(run, START + 40_000 + 70_000)).has(
      'poligon_load_latency_seconds{operation="sign-unep",from="plan",quantile="0.5"}',
    ),
  ).toBe(false);
});

it('counts operations by result, and their errors and rate over the last minute', async () => {
  const run = new LiveRun('r', planned, START);
  for (const outcome of ['ok', 'ok', 'ok', 'failed'] as const) run.add(sample({ outcome }), START + 30_000);
  run.add(sample({ outcome: 'dropped', completed: undefined }), START + 30_000);
  const metrics = await scrape(run, START + 30_000);
  expect(metrics.get('poligon_load_operations_total{operation="sign-unep",result="ok"}')).toBe(3);
  expect(metrics.get('poligon_load_operations_total{operation="sign-unep",result="dropped"}')).toBe(1);
  expect(metrics.get('poligon_load_error_percent{operation="sign-unep"}')).toBe(25);
  expect(metrics.get('poligon_load_completed_rate{operation="sign-unep"}')).toBeCloseTo(4 / 50, 5);
});

it('follows level, step and phase, and tells how much of the hold was done', async () => {
  const run = new LiveRun('r', planned, START);
  const line = {
    at: START,
    cpuPercent: 12,
    eventLoopUtilisation: 0.1,
    rssMb: 100,
    inFlight: 7,
    launched: 9,
    dropped: 0,
  };
  run.tick(line, phases[0]);
  let metrics = await scrape(run, START + 5000);
  expect(metrics.get('poligon_load_level_percent')).toBe(50);
  expect(metrics.get('poligon_load_target_rate{operation="sign-unep"}')).toBeCloseTo(0.25, 6);
  expect(metrics.get('poligon_load_phase{phase="ramp"}')).toBe(1);
  expect(metrics.get('poligon_load_in_flight')).toBe(7);
  run.tick(line, phases[1]);
  for (let at = 0; at < 9; at += 1) run.add(sample(), START + 30_000);
  metrics = await scrape(run, START + 30_000);
  expect(metrics.get('poligon_load_phase{phase="hold"}')).toBe(1);
  expect(metrics.get('poligon_load_accuracy_percent{operation="sign-unep"}')).toBeCloseTo(90, 6);
  expect(metrics.get('poligon_load_sla_seconds{operation="sign-unep"}')).toBe(2);
  run.tick(line, undefined);
  expect((await scrape(run, START + 80_000)).get('poligon_load_phase{phase="drain"}')).toBe(1);
});

it('keeps the verdicts of the holds that have ended', async () => {
  const run = new LiveRun('r', planned, START);
  run.judged({ step: 2, levelPercent: 110, word: 'failure' });
  const metrics = await scrape(run, START);
  expect(metrics.get('poligon_load_hold_verdict{step="2",level="110",verdict="failure"}')).toBe(1);
});

it('stays open for one more question of a collector that has been asking', async () => {
  const door = await MetricsDoor.open({ host: '127.0.0.1', port: 0 });
  const slept: number[] = [];
  const clock = { sleep: async (delayMs: number) => void slept.push(delayMs) } as unknown as Clock;
  const { signal } = new AbortController();
  await door.linger(clock, signal);
  expect(slept).toEqual([]);
  door.show(liveMetrics(new LiveRun('r', planned, START), () => START));
  await (await fetch(door.url)).text();
  await door.linger(clock, signal);
  expect(slept).toEqual([60_000]);
  await (await fetch(door.url)).text();
  await door.linger(clock, signal);
  expect(slept).toEqual([60_000, 2500]);
  await door.linger(clock, AbortSignal.abort());
  expect(slept).toHaveLength(2);
  await door.close();
});

it('serves nothing else', async () => {
  const door = await MetricsDoor.open({ host: '127.0.0.1', port: 0 });
  const answers = [await fetch(new URL('/', door.url)), await fetch(door.url, { method: 'POST', body: 'x' })];
  expect(answers.map(({ status }) => status)).toEqual([404, 405]);
  const port = Number(new URL(door.url).port);
  await expect(MetricsDoor.open({ host: '127.0.0.1', port })).rejects.toThrow(
    /^metrics 127\.0\.0\.1:\d+: .*EADDRINUSE/,
  );
  await door.close();
});

it.each([
  ['9464', { host: '127.0.0.1', port: 9464 }],
  ['0.0.0.0:9464', { host: '0.0.0.0', port: 9464 }],
  ['[::1]:9464', { host: '::1', port: 9464 }],
])('reads the address %s', (text, address) => {
  expect(doorAddress(text)).toEqual(address);
});

it.each(['', 'x', '70000', 'host:'])('refuses the address %j', (text) => {
  expect(() => doorAddress(text)).toThrow('LOAD_METRICS: must be [host:]port');
});
