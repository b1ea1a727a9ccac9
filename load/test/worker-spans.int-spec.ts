import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunFolder } from '../src/run-folder/run-folder.js';
import { FakeHrlink } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';
import { LoadProcess, samplesOf, writeFiles } from './load-process.js';

const brokers = process.env['TEST_KAFKA_BROKERS'];
const suite = brokers === undefined ? describe.skip : describe;
const title = brokers === undefined ? ' [skipped: TEST_KAFKA_BROKERS names no broker]' : '';
const OTLP = { LOAD_OTLP_TOKEN: 'spans' };

suite(`spans of workers on Kafka${title}`, () => {
  it('are in the traces of the run: the coordinator tells the workers where its receiver is', async () => {
    const inbox = await new FakeInbox().start();
    const hrlink = await new FakeHrlink(inbox).start();
    const folder = mkdtempSync(join(tmpdir(), 'load-worker-spans-'));
    const topics = `load-test-${randomUUID()}`;
    const files = writeFiles(folder, 'steps: [{ level: 100, ramp: 1s, hold: 4s }]', { 'sign-unep': 18_000 });
    const where = ['--hrlink', hrlink.url, '--sms-admin', inbox.url, '--out', join(folder, 'runs')];
    const meeting = ['--kafka', brokers!, '--topics', topics];
    const secrets = { LOAD_HRLINK_TOKEN: 'secret', ...OTLP };
    const workers = ['w1', 'w2'].map((name) => new LoadProcess(['worker', ...meeting, '--name', name], secrets));
    await Promise.all(workers.map((worker) => worker.saying('waits on')));
    // All addresses: workers are told one that other machines can reach.
    const run = new LoadProcess(['run', ...files, ...where, ...meeting, '--workers', '2', '--json'], {
      ...secrets,
      LOAD_OTLP_LISTEN: '0.0.0.0:0',
    });
    try {
      await run.ended;
      const { folder: path } = JSON.parse(run.out) as { folder: string };
      const samples = samplesOf(path);
      expect(new Set(samples.map(({ worker }) => worker))).toEqual(new Set(['w1', 'w2']));
      const { operations, intake } = new RunFolder(path).read('traces.json');
      expect(operations).toMatchObject({ total: samples.length, orphanSpans: 0 });
      expect(intake).toMatchObject({ lateSpans: 0, evictedSpans: 0, refusedRequests: {} });
    } finally {
      await Promise.all([run, ...workers].map((each) => each.kill()));
      await hrlink.stop();
      await inbox.stop();
    }
  }, 120_000);
});
