import { AlwaysOnSampler, TracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SpanQueue } from './span-queue.js';

const LIMITS = { maxQueued: 1000, maxBatch: 100, delayMs: 5, shutdownMs: 10 };
const SPANS = 100_000;
/** A span with its attributes is about 2 KB: all of them would be 200 MB. */
const MAX_GROWTH_BYTES = 15_000_000;

function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

function tracerInto(queue: SpanQueue) {
  return new TracerProvider({ sampler: new AlwaysOnSampler(), spanProcessors: [queue] }).getTracer('test');
}

const attributes = () => ({ 'url.path': `/${'x'.repeat(200)}/${Math.random()}`, 'poligon.operation': 'parrot.say' });

it('holds no more than its limit of what a silent collector does not take', async () => {
  const silent: SpanExporter = { export: () => undefined, shutdown: () => Promise.resolve() };
  const queue = new SpanQueue(silent, LIMITS);
  const tracer = tracerInto(queue);
  const before = liveBytes();
  for (let at = 0; at < SPANS; at += 1) {
    tracer.startSpan('parrot.say', { attributes: attributes() }).end();
    if (at % 5000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(liveBytes() - before).toBeLessThan(MAX_GROWTH_BYTES);
  expect(queue.queued).toBe(LIMITS.maxQueued);
  await queue.shutdown();
  expect(queue.counts).toEqual({ exported: 0, dropped: SPANS - LIMITS.maxBatch, failed: LIMITS.maxBatch });
});

it('outlives an exporter that throws', async () => {
  const throwing: SpanExporter = {
    export: () => {
      throw new Error('no');
    },
    shutdown: () => Promise.resolve(),
  };
  const queue = new SpanQueue(throwing, LIMITS);
  const tracer = tracerInto(queue);
  for (let at = 0; at < 250; at += 1) tracer.startSpan('parrot.say').end();
  await queue.forceFlush();
  expect(queue.counts).toEqual({ exported: 0, dropped: 0, failed: 250 });
});
