import type { Registry } from 'prom-client';
import { addScraped, type Sample } from '../telemetry/scraped-metric.js';
import type { BusFigures, KafkaBus } from './kafka-bus.js';

type Metric = readonly [
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  read: (figures: BusFigures) => readonly Sample[],
];

function byKind({ changes, journal }: BusFigures['pending']): readonly Sample[] {
  return [
    { labels: { kind: 'changes' }, value: changes },
    { labels: { kind: 'journal' }, value: journal },
  ];
}

const single = (value: number): readonly Sample[] => [{ labels: {}, value }];

const METRICS: readonly Metric[] = [
  ['poligon_bus_connected', 'gauge', '1 while changes of other replicas arrive', (f) => single(Number(f.isConnected))],
  ['poligon_bus_pending', 'gauge', 'messages the brokers have not taken yet', (f) => byKind(f.pending)],
  ['poligon_bus_sent_total', 'counter', 'messages the brokers have taken', (f) => byKind(f.sent)],
  ['poligon_bus_dropped_total', 'counter', 'messages given up while the brokers were away', (f) => byKind(f.dropped)],
  ['poligon_bus_received_total', 'counter', 'changes that came from other replicas', (f) => single(f.received)],
  ['poligon_bus_gaps_total', 'counter', 'times that state was read again after a gap', (f) => single(f.gaps)],
];

/** Tells `/metrics` how the bus is doing. */
export function addBusMetrics(registry: Registry, bus: KafkaBus): void {
  for (const [name, type, help, read] of METRICS) {
    addScraped(registry, { name, type, help, read: () => read(bus.figures) });
  }
}
