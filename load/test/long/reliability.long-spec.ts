import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, startStand } from '../../../test/stand-process.js';
import type { Descriptor } from '../../../test/stand-process.js';
import type { HealthLine } from '../../src/run-folder/run-files.js';
import { RunFolder } from '../../src/run-folder/run-folder.js';
import { LoadProcess, samplesOf } from '../load-process.js';

/** The scale a rehearsal of twelve hours runs at; 1/60 takes twelve minutes. */
const TIME_SCALE = process.env['LOAD_RELIABILITY_SCALE'] ?? '1/60';
const GROWTH_LIMIT = 1.15;
const GROWTH_SLACK_MB = 15;

const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;

describe('reliability test of twelve hours', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reliability-'));
  let child: ChildProcess | undefined;
  let stand: Descriptor;

  beforeAll(async () => {
    stand = (await startStand(folder, {}, (process) => (child = process))).descriptor;
  }, 120_000);
  afterAll(async () => {
    if (!child) return;
    child.kill('SIGTERM');
    await ended(child);
  });

  it(`at time scale ${TIME_SCALE}: every operation once, the memory of the generator flat`, async () => {
    const run = new LoadProcess([
      ...['run', '--plan', 'reliability', '--lmax', '125', '--time-scale', TIME_SCALE, '--json'],
      ...['--hrlink', stand.addresses['hrlink-reference']!.protocolUrl, '--out', join(folder, 'runs')],
      ...['--sms-admin', stand.addresses['sms-gateway-stub']!.adminUrl, '--token', stand.apiToken],
    ]);
    await run.ended;
    expect(run.err).toBe('');
    const { folder: path, word } = JSON.parse(run.out) as { folder: string; word: string };
    const planned = new RunFolder(path).read('plan.json').operations.reduce((sum, { total }) => sum + total, 0);
    const samples = samplesOf(path);
    expect(new Set(samples.map(({ operation, ordinal }) => `${operation}|${ordinal}`)).size).toBe(planned);
    expect(samples.length).toBe(planned);
    const lines = readFileSync(join(path, 'health.ndjson'), 'utf8').trim().split('\n');
    const rss = lines.map((line) => (JSON.parse(line) as HealthLine).rssMb);
    const quarter = Math.floor(rss.length / 4);
    // The first quarter is compilers and caches getting warm.
    const [second, last] = [mean(rss.slice(quarter, 2 * quarter)), mean(rss.slice(-quarter))];
    process.stdout.write(
      `${planned} operations, verdict ${word}, generator ${second.toFixed(0)} MB in the second quarter, ${last.toFixed(0)} MB in the last\n`,
    );
    expect(last).toBeLessThan(second * GROWTH_LIMIT + GROWTH_SLACK_MB);
    expect(word).not.toBe('failure');
  }, 43_200_000);
});
