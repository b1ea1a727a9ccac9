import type { Registry } from 'prom-client';
import { addScraped } from './scraped-metric.js';
import { tracingState } from './tracing-state.js';

const NOTHING = { exported: 0, dropped: 0, failed: 0 };

/** What becomes of this process's spans: a collector that does not keep up must be seen. */
export function addSpanMetrics(registry: Registry): void {
  addScraped(registry, {
    name: 'poligon_spans_total',
    help: 'spans by what became of them: exported; dropped because the queue was full; failed because the collector did not take them',
    type: 'counter',
    read: () =>
      Object.entries<number>({ ...(tracingState.queue?.counts ?? NOTHING) }).map(([result, value]) => ({
        labels: { result },
        value,
      })),
  });
  addScraped(registry, {
    name: 'poligon_spans_queued',
    help: 'spans that wait to be exported',
    type: 'gauge',
    read: () => [{ labels: {}, value: tracingState.queue?.queued ?? 0 }],
  });
}
