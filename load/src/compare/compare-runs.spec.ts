import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../engine/random.js';
import { loadProfileSchema } from '../profiles/load-profile.schema.js';
import { planSchema } from '../profiles/plan.schema.js';
import { RunFolder } from '../run-folder/run-folder.js';
import { compareRuns } from './compare-runs.js';

const HOLD_MS = 600_000;
const PER_HOLD = 2000;
const START = 1_700_000_000_000;

interface Release {
  name: string;
  factor?: number;
  failedShare?: number;
  lmaxPercent?: number;
  perHour?: number;
  count?: number;
}

/** A run folder with one hold at 100 %; latencies wander slowly, as those of a real system do. */
function runOf({ name, factor = 1, failedShare = 0, lmaxPercent, perHour = 12_000, count = PER_HOLD }: Release) {
  const folder = RunFolder.create(mkdtempSync(join(tmpdir(), 'compare-')), name);
  const random = new Random(name);
  const profile = loadProfileSchema.parse({
    name: 'p',
    operations: { 'send-document': { perHour, sla: { percentile: 95, limit: '3s' } } },
  });
  const plan = planSchema.parse({ name: 'm', steps: [{ level: 100, ramp: '0s', hold: '10m' }] });
  folder.write('run.json', {
    id: name,
    target: 'http://hrlink',
    createdAt: START,
    state: 'finished',
    tag: 't',
    freshFrom: 0,
    generator: { node: 'v24', cpus: 2, cpuModel: 'c', memoryGb: 4 },
    access: { hrlink: 'http://hrlink', smsAdmin: 'http://sms', admins: [] },
    prepare: [],
  });
  const operations = [{ operation: 'send-document' as const, perHour, needed: count, total: count, byStep: {} }];
  folder.write('plan.json', { plan, profile, seed: 's', timeScale: 1, phases: [], operations });
  folder.write('verdict.json', { word: 'success', reasons: [], holds: [verdictOfHold], exitCode: 0 });
  const row = { planned: count, launched: count, succeeded: count, failed: 0, dropped: 0, lost: 0, lagP99Ms: 1 };
  folder.write('observations.json', [
    {
      ...{ step: 1, levelPercent: 100, startedAt: START, finishedAt: START + HOLD_MS, judgedMs: HOLD_MS },
      ...{ meanInFlight: 1, inFlightAtStart: 0, inFlightAtEnd: 0, ended: count, expectedInFlight: 1, lagP99Ms: 1 },
      ...{ cpuPercent: 5, eventLoopUtilisation: 0.1, rssMb: 100 },
      operations: [{ operation: 'send-document', ...row, minuteMeansMs: [] }],
    },
  ]);
  if (lmaxPercent !== undefined) {
    folder.write('search.json', { lmaxPercent, result: 'found', isConfirmed: true, isDisputed: false, steps: [] });
  }
  const lines = Array.from({ length: count }, (_, ordinal) => {
    const planned = START + (ordinal / count) * HOLD_MS;
    const wander = 1 + 0.2 * Math.sin(ordinal / 300 + random.next());
    const latencyMs = factor * wander * 300 * Math.exp(random.next() + random.next() - 1);
    const outcome = random.next() < failedShare ? 'failed' : 'ok';
    const sample = { operation: 'send-document', ordinal, step: 1, stage: 'hold', planned, outcome };
    return JSON.stringify({ ...sample, completed: planned + latencyMs });
  });
  writeFileSync(folder.file('samples.ndjson'), `${lines.join('\n')}\n`);
  return folder;
}

const verdictOfHold = { step: 1, levelPercent: 100, word: 'success' as const, reasons: [], fitness: [] };
const wordsOf = async (baseline: Release, candidate: Release) => {
  const comparison = await compareRuns(runOf(baseline), runOf(candidate));
  const metrics = comparison.holds[0]!.operations[0]!.metrics;
  return { comparison, words: Object.fromEntries(metrics.map(({ metric, word }) => [metric, word])), metrics };
};

describe('comparison of two runs', () => {
  it('finds no difference between two runs of the same release, whatever the seed', async () => {
    const words: string[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const { comparison } = await wordsOf({ name: `before ${seed}` }, { name: `after ${seed}` });
      words.push(comparison.word);
    }
    expect(words.filter((word) => word !== 'same').length).toBeLessThanOrEqual(1);
  });

  it('names a release that became a fifth slower, with an interval around the difference', async () => {
    const { comparison, words, metrics } = await wordsOf({ name: 'before' }, { name: 'after', factor: 1.2 });
    expect(comparison.word).toBe('worse');
    expect(words).toMatchObject({ meanMs: 'worse', p95Ms: 'worse', errorPercent: 'same', accuracyPercent: 'same' });
    const mean = metrics.find(({ metric }) => metric === 'meanMs')!;
    expect(mean.deltaPercent).toBeGreaterThan(15);
    expect(mean.deltaPercent).toBeLessThan(25);
    expect(mean.lower).toBeGreaterThan(0);
    expect(mean.lower).toBeLessThan(mean.delta!);
    expect(mean.upper).toBeGreaterThan(mean.delta!);
    expect(mean.adjustedP).toBeGreaterThanOrEqual(mean.pValue!);
  });

  it('names a release that became faster but answers with errors', async () => {
    const { comparison, words } = await wordsOf({ name: 'before' }, { name: 'after', factor: 0.7, failedShare: 0.05 });
    expect(words).toMatchObject({ p95Ms: 'better', errorPercent: 'worse' });
    expect(comparison.word).toBe('mixed');
  });

  it('leaves a difference alone that is certain and too small to matter', async () => {
    const { words } = await wordsOf({ name: 'before' }, { name: 'after', factor: 1.03 });
    expect(words['p50Ms']).toBe('same');
  });

  it('tells nothing from a handful of operations', async () => {
    const { comparison } = await wordsOf({ name: 'before', count: 30 }, { name: 'after', factor: 3, count: 30 });
    expect(comparison.word).toBe('insufficient');
  });

  it('compares the maxima by the step they were found with, and names what is not alike', async () => {
    const found = await wordsOf({ name: 'before', lmaxPercent: 130 }, { name: 'after', lmaxPercent: 110, perHour: 1 });
    expect(found.comparison.maximum).toMatchObject({ deltaPercent: -20, word: 'worse' });
    expect(found.comparison.caveats).toEqual([
      { code: 'profile', baseline: 'send-document 12000/h', candidate: 'send-document 1/h' },
    ]);
  });

  it('refuses a folder without a finished run', async () => {
    const empty = new RunFolder(mkdtempSync(join(tmpdir(), 'compare-')));
    await expect(compareRuns(empty, empty)).rejects.toThrow('not a finished run folder, run.json is missing');
  });
});
