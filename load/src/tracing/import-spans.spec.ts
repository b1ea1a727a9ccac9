import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootRow, spansOf, traceIdOf } from '../../test/trace-fixture.js';
import { RunFolder } from '../run-folder/run-folder.js';
import { readCsvSpans } from './csv-spans.js';
import { importSpans } from './import-spans.js';
import { LOAD_SERVICE } from './trace-span.js';
import { TraceStore } from './trace-store.js';

/** A run of one operation that calls the system and polls it, begun at 1,000,000 ms. */
function runFolder(): RunFolder {
  const folder = RunFolder.create(mkdtempSync(join(tmpdir(), 'spans-')), 'run');
  const store = new TraceStore();
  store.begin(traceIdOf(1), 'sign-unep', 1_000_000);
  store.concerns(traceIdOf(1), 'person:7');
  const rows = [
    rootRow(300),
    [2, 1, LOAD_SERVICE, 'signing.confirm', 'client', 0, 20],
    [3, 1, LOAD_SERVICE, 'poll.wait', 'internal', 20, 300],
  ] as const;
  store.add([...spansOf(rows)].reverse(), 1_000_300);
  const { intake, ...found } = store.finish();
  folder.write('traces.json', { ...found, intake: { ...intake, rejectedSpans: 0, refusedRequests: {} } });
  const sample = { traceId: traceIdOf(1), operation: 'sign-unep', started: 1_000_000, completed: 1_000_300 };
  folder.writeText('samples.ndjson', `${JSON.stringify({ ...sample, subject: 'person:7' })}\n`);
  return folder;
}

describe('times of a database as spans', () => {
  it('go to the operation of their person and onto its critical path', async () => {
    const folder = runFolder();
    const csv =
      'created_at;done_at;step;person\n1000050;1000150;"convert; ""pdf"""; person:7\n1000050;1000060;other;person:8\n';
    const columns = { start: 'created_at', end: 'done_at', name: 'step', subject: 'person' };
    const outcome = await importSpans(folder, readCsvSpans(csv, { service: 'hrlink', columns }));
    expect(outcome).toMatchObject({ spans: 2, matched: 1, traces: 1, stitching: { sole: 1, unknown: 1 } });
    const [kept] = folder.read('traces.json').kept;
    expect(kept!.spans.map(({ name }) => name)).toContain('convert; "pdf"');
    expect(kept!.parts).toMatchObject({ hrlink: 120, wait: 180 });
  });

  it('go to the trace they name, and are not counted twice when imported again', async () => {
    const folder = runFolder();
    const csv = `start,durationMs,traceId\n1970-01-01T00:16:40.100Z,50,${traceIdOf(1)}\n`;
    for (let time = 0; time < 2; time += 1) {
      const outcome = await importSpans(folder, readCsvSpans(csv, { service: 'hrlink' }));
      expect(outcome).toMatchObject({ spans: 1, matched: 1, traces: 1 });
      expect(folder.read('traces.json').kept[0]!.parts).toMatchObject({ hrlink: 70, wait: 230 });
    }
  });

  it.each([
    ['', 'line 1: a header is required'],
    ['name\nx\n', 'line 1: column start is required'],
    ['start,name\n1,x\n', 'line 1: column end or durationMs is required'],
    ['start,end\nyesterday,2\n', 'line 2: start must be ISO 8601 or epoch milliseconds'],
    ['start,end\n2,1\n', 'line 2: end must not be before start'],
    ['start,durationMs\n2,long\n', 'line 2: end must not be before start'],
    ['start,end\n"1,2\n', 'line 2: a quote is not closed or stands within a field'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => readCsvSpans(text, { service: 'hrlink' })).toThrow(message);
  });

  it('are read as UTC when they name no zone', () => {
    const [span] = readCsvSpans('start,end\n2026-01-02 03:04:05.5,2026-01-02T03:04:06Z\n', { service: 'hrlink' });
    expect([span!.startMs, span!.endMs]).toEqual([Date.UTC(2026, 0, 2, 3, 4, 5, 500), Date.UTC(2026, 0, 2, 3, 4, 6)]);
  });
});
