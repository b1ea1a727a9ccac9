import { Injectable } from '@nestjs/common';
import { ExchangeMetrics } from '@poligon/emulator-kit';
import { Gauge } from 'prom-client';
import { WORK_KINDS } from '../domain/ledger.js';
import { Chronicle } from '../flow/chronicle.js';
import { RealWork } from '../flow/real-work.js';

/** Work of the system itself; documents, applications and regulations wait for people. */
const OWN_WORK = WORK_KINDS.filter((kind) => !['document', 'application', 'lna'].includes(kind));

/** What `/metrics` tells of work that was accepted and is not over, and of the resources it uses. */
@Injectable()
export class WorkMetrics {
  constructor(
    private readonly metrics: ExchangeMetrics,
    chronicle: Chronicle,
    work: RealWork,
  ) {
    const { registry } = this.metrics;
    new Gauge({
      name: 'hrlink_work_open',
      help: 'accepted work that is not over, by kind',
      labelNames: ['kind'],
      registers: [registry],
      collect() {
        for (const kind of OWN_WORK) this.set({ kind }, chronicle.ledger.openCount(kind));
      },
    });
    this.gauge('hrlink_conversion_worker_utilization', 'share of time the conversion thread had work', () =>
      work.workerUtilization(),
    );
    if (!work.hasDatabase) return;
    const connections = () => work.connections() ?? { busy: 0, waiting: 0, max: 0 };
    this.gauge('hrlink_database_connections_busy', 'connections in use', () => connections().busy);
    this.gauge('hrlink_database_connections_waiting', 'jobs that wait for a connection', () => connections().waiting);
    this.gauge('hrlink_database_connections_max', 'connections at most', () => connections().max);
  }

  private gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.metrics.registry],
      collect() {
        this.set(read());
      },
    });
  }
}
