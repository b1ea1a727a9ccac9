import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readExternal } from '../src/external/external-metrics.js';
import { ExternalSampler } from '../src/external/external-sampler.js';
import type { ExternalSample } from '../src/external/external-sampler.js';
import { planSchema } from '../src/profiles/plan.schema.js';
import { NdjsonWriter, RunFolder } from '../src/run-folder/run-folder.js';
import { SystemClock } from '../src/runtime/system-clock.js';
import { eventually } from './load-process.js';
import { reportModel } from './report-model.fixture.js';

const url = process.env['TEST_DATABASE_URL'];
const suite = url === undefined ? describe.skip : describe;
const title = url === undefined ? ' [skipped: TEST_DATABASE_URL names no database]' : '';

suite(`SQL thresholds${title}`, () => {
  it('are asked read-only while the load goes on and judged by the last answer within the hold', async () => {
    const { external, stop } = planSchema.parse({
      name: 'p',
      steps: [{ level: 100, ramp: '0s', hold: '1m' }],
      external: [
        { name: 'good', sql: 'select 3::bigint union all select 5', max: 5 },
        { name: 'bad', sql: 'select 7.5::numeric', max: 5 },
        { name: 'text', sql: "select 'seven'", max: 5 },
        { name: 'writing', sql: 'create table poligon_must_not_be (id int)', max: 5 },
        { name: 'nothing', sql: 'select 1 where false', max: 5 },
      ],
    });
    const folder = RunFolder.create(mkdtempSync(join(tmpdir(), 'sql-')), 'run');
    const writer = new NdjsonWriter<ExternalSample>(folder.file('external.ndjson'));
    const seen: ExternalSample[] = [];
    const clock = new SystemClock();
    const startedAt = clock.now();
    const sampler = new ExternalSampler({ external, stop }, url, clock, (sample) => {
      seen.push(sample);
      writer.write(sample);
    });
    sampler.start();
    await eventually(() => seen.length >= 5);
    await sampler.stop();
    await writer.close();
    const [hold] = reportModel().holds;
    const readings = await readExternal(external, [{ ...hold!, startedAt, finishedAt: clock.now() }], folder);
    expect(readings).toMatchObject([
      { name: 'good', value: 5, passed: true },
      { name: 'bad', value: 7.5, passed: false },
      { name: 'text', error: 'the first column is not a number' },
      { name: 'writing', error: expect.stringContaining('read-only') },
      { name: 'nothing', error: 'the query gave no value' },
    ]);
  });

  it('fail softly without a database', async () => {
    const { external, stop } = planSchema.parse({
      name: 'p',
      steps: [{ level: 100, ramp: '0s', hold: '1m' }],
      external: [{ name: 'm', sql: 'select 1', max: 5 }],
    });
    const seen: ExternalSample[] = [];
    const dead = 'postgresql://nobody@127.0.0.1:1/none';
    for (const address of [undefined, dead]) {
      const sampler = new ExternalSampler(
        { external, stop },
        address,
        new SystemClock(),
        (sample) => void seen.push(sample),
      );
      sampler.start();
      const before = seen.length;
      await eventually(() => seen.length > before);
      await sampler.stop();
    }
    expect(seen.map(({ error }) => error)).toEqual([
      'LOAD_OBSERVE_DATABASE_URL names no database',
      expect.stringContaining('ECONNREFUSED'),
    ]);
  });
});
