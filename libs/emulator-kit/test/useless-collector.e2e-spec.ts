import { stopTelemetry, type RunningEmulator } from '@poligon/emulator-kit';
import { Collector, startEmulator } from '@poligon/testing';
import { Pool, request } from 'undici';

import { parrot } from './parrot.js';

const CALLS = 600;
const QUEUE = 50;
const BATCH = 10;
const LIMITS = {
  OTEL_BSP_MAX_QUEUE_SIZE: String(QUEUE),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: String(BATCH),
  OTEL_BSP_SCHEDULE_DELAY: '20',
  OTEL_BSP_EXPORT_TIMEOUT: '200',
  OTEL_EXPORTER_OTLP_TIMEOUT: '300',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
};
const RECOVERED = 'c'.repeat(32);

let collector: Collector;
let emulator: RunningEmulator;
let pool: Pool;

beforeEach(async () => {
  collector = new Collector();
  emulator = await startEmulator(parrot, { OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(), ...LIMITS });
  pool = new Pool(emulator.protocolUrl, { connections: 4 });
});
afterEach(async () => {
  await pool.destroy();
  await emulator.close();
  await stopTelemetry();
  await collector.stop();
});

/** One exchange of the protocol; its status. */
async function say(traceId?: string): Promise<number> {
  const traced = traceId === undefined ? {} : { traceparent: `00-${traceId}-${'d'.repeat(16)}-01` };
  const reply = await pool.request({
    path: '/perch/say',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...traced },
    body: JSON.stringify({ text: 'hello' }),
  });
  await reply.body.dump();
  return reply.statusCode;
}

/** What became of the spans, and how many wait, as a scraper sees it. */
async function spans(): Promise<Record<'exported' | 'dropped' | 'failed' | 'queued', number>> {
  const text = await (await request(`${emulator.adminUrl}/metrics`)).body.text();
  const of = (line: string) => Number(new RegExp(`^${line} (\\d+)$`, 'm').exec(text)?.[1]);
  const by = (result: string) => of(`poligon_spans_total\\{result="${result}"\\}`);
  return {
    exported: by('exported'),
    dropped: by('dropped'),
    failed: by('failed'),
    queued: of('poligon_spans_queued'),
  };
}

const TROUBLES: [string, (collector: Collector) => void | Promise<void>][] = [
  ['is down', (broken) => broken.stop()],
  ['never answers', (broken) => void (broken.status = undefined)],
  ['cuts every connection', (broken) => void (broken.status = 'reset')],
  ['answers 500', (broken) => void (broken.status = 500)],
  ['answers 429', (broken) => void (broken.status = 429)],
  ['answers 429 and asks for an hour', (broken) => void Object.assign(broken, { status: 429, headers: HOUR })],
  ['answers 503 and asks for an hour', (broken) => void Object.assign(broken, { status: 503, headers: HOUR })],
];
const HOUR = { 'retry-after': '3600' };

describe.each(TROUBLES)('a collector that %s', (_, trouble) => {
  it('keeps no reply waiting, bounds what is kept, counts what is lost, and gets what comes when it is back', async () => {
    await trouble(collector);
    const statuses = new Set<number>();
    let mostQueued = 0;
    for (let call = 0; call < CALLS; call += 1) {
      statuses.add(await say());
      if (call % 100 === 0) mostQueued = Math.max(mostQueued, (await spans()).queued);
    }
    expect([...statuses]).toEqual([200]);
    const during = await spans();
    expect(Math.max(mostQueued, during.queued)).toBeLessThanOrEqual(QUEUE);
    expect(during.exported).toBe(0);
    // What is neither waiting nor on its way is lost and known to be.
    expect(during.dropped + during.failed).toBeGreaterThanOrEqual(CALLS - QUEUE - BATCH);

    collector.status = 200;
    collector.headers = {};
    if (trouble === TROUBLES[0]![1]) await collector.start();
    const isBack = () => collector.spans.some(({ traceId }) => traceId === RECOVERED);
    let more = 0;
    for (; !isBack(); more += 1) await say(RECOVERED);
    await stopTelemetry();
    const after = await spans();
    expect(after.queued).toBe(0);
    expect(after.exported + after.dropped + after.failed).toBe(CALLS + more);
    expect(collector.spans).toHaveLength(after.exported);
  });
});

it('a process that stops while its collector is silent waits no longer than it may, and counts what was on its way', async () => {
  collector.status = undefined;
  for (let call = 0; call < BATCH + 5; call += 1) await say();
  const startMs = performance.now();
  await stopTelemetry();
  expect(performance.now() - startMs).toBeLessThan(5000);
  expect(await spans()).toMatchObject({ exported: 0, queued: 0 });
  const { dropped, failed } = await spans();
  expect(dropped + failed).toBe(BATCH + 5);
});
