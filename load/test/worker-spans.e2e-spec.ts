import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunFolder } from '../src/run-folder/run-folder.js';
import { Tracing } from '../src/runtime/tracing.js';
import { SystemClock } from '../src/runtime/system-clock.js';
import { EmbeddedTracing } from '../src/tracing/embedded-tracing.js';
import { STORE_LIMITS } from '../src/tracing/trace-store.js';
import { FakeHrlink } from './fake-hrlink.js';
import { FakeInbox } from './fake-inbox.js';
import { LoadProcess, samplesOf, writeFiles } from './load-process.js';

describe('spans of workers', () => {
  it('reach the receiver of the run with its token, and are worked out though only their generator knows them', async () => {
    const clock = new SystemClock();
    const limits = { ...STORE_LIMITS, graceMs: 300 };
    const traces = new EmbeddedTracing({ listen: '127.0.0.1:0', token: 'secret', clock, limits });
    const { endpoint } = await traces.start();
    const tracing = (token?: string) =>
      new Tracing({ receiver: { endpoint: endpoint!, token }, now: () => clock.now() });
    const workers = [tracing('secret'), tracing('secret'), tracing('wrong')];
    for (const worker of workers) {
      const operation = worker.operation('sign-unep', { 'poligon.step': 1, 'poligon.stage': 'hold' });
      operation.call('document.sign').end();
      operation.end();
    }
    await Promise.all(workers.map((worker) => worker.shutdown()));
    const { operations, intake, steps } = await traces.finish();
    expect(operations).toMatchObject({ total: 2, orphanSpans: 0 });
    expect(intake).toMatchObject({ spans: 4, lateSpans: 0, refusedRequests: { 401: 1 } });
    expect(steps).toMatchObject([{ operation: 'sign-unep', count: 2 }]);
  });

  it('of a run on threads are in its traces: every operation, none lost', async () => {
    const inbox = await new FakeInbox().start();
    const hrlink = await new FakeHrlink(inbox).start();
    const folder = mkdtempSync(join(tmpdir(), 'load-worker-spans-'));
    const files = writeFiles(folder, 'steps: [{ level: 100, ramp: 1s, hold: 3s }]', { 'sign-unep': 18_000 });
    const where = ['--hrlink', hrlink.url, '--sms-admin', inbox.url, '--out', join(folder, 'runs')];
    const secrets = { LOAD_HRLINK_TOKEN: 'secret', LOAD_OTLP_LISTEN: '127.0.0.1:0', LOAD_OTLP_TOKEN: 'spans' };
    const run = new LoadProcess(['run', ...files, ...where, '--threads', '2', '--json'], secrets);
    try {
      await run.ended;
      const { folder: path } = JSON.parse(run.out) as { folder: string };
      const samples = samplesOf(path);
      expect(new Set(samples.map(({ worker }) => worker))).toEqual(new Set(['thread-1', 'thread-2']));
      const { operations, intake } = new RunFolder(path).read('traces.json');
      expect(operations).toMatchObject({ total: samples.length, orphanSpans: 0 });
      expect(intake).toMatchObject({ lateSpans: 0, evictedSpans: 0, refusedRequests: {} });
    } finally {
      await run.kill();
      await hrlink.stop();
      await inbox.stop();
    }
  }, 90_000);
});
