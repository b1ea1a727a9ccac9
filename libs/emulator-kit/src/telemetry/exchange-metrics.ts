import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Exchange } from '../exchange/exchange.js';

const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What `/metrics` tells about exchanges; names carry units, label values are bounded by the operation list. */
@Injectable()
export class ExchangeMetrics {
  readonly registry = new Registry();
  private readonly total = new Counter({
    name: 'poligon_exchanges_total',
    help: 'exchanges by operation and how they ended',
    labelNames: ['operation', 'outcome'] as const,
    registers: [this.registry],
  });
  private readonly duration = new Histogram({
    name: 'poligon_exchange_duration_seconds',
    help: 'time from the first byte taken to the reply handed to the socket',
    labelNames: ['operation'] as const,
    buckets: LATENCY_BUCKETS,
    registers: [this.registry],
  });
  private readonly lateness = new Histogram({
    name: 'poligon_latency_error_seconds',
    help: 'how much later than intended a delayed reply left',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 1],
    registers: [this.registry],
  });
  private readonly injected = new Counter({
    name: 'poligon_fault_hits_total',
    help: 'faults that acted, by rule',
    labelNames: ['rule', 'fault'] as const,
    registers: [this.registry],
  });
  private readonly open = new Gauge({
    name: 'poligon_exchanges_in_flight',
    help: 'exchanges taken and not yet answered',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  started(_exchange: Exchange): void {
    this.open.inc();
  }

  /** Counts a finished exchange; `durationMs` is from first byte to reply. */
  ended(exchange: Exchange, outcome: string, durationMs: number): void {
    this.open.dec();
    this.total.inc({ operation: exchange.operation, outcome });
    this.duration.observe({ operation: exchange.operation }, durationMs / 1000);
    if (exchange.intendedMs > 0) this.lateness.observe(Math.max(0, durationMs - exchange.intendedMs) / 1000);
    for (const { id, fault } of exchange.fired) this.injected.inc({ rule: id, fault });
  }
}
