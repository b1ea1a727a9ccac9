import type { Clock } from '../engine/clock.js';
import type { StopRule } from '../stop-rules/parse-rule.js';
import type { Plan } from '../profiles/plan.schema.js';
import { askPrometheus, isSql, SqlSource } from './external-metric.js';
import type { ExternalMetric } from './external-metric.js';

const EVERY_MS = 2000;

/** One line of external.ndjson: what a metric was at a moment of the run. */
export interface ExternalSample {
  name: string;
  /** Epoch milliseconds. */
  at: number;
  /** Absent when the source could not tell. */
  values?: number[];
  error?: string;
}

/**
 * Reads metrics of others while the load goes on: those stop rules look at, and those of databases, which do not
 * remember. A source that is silent is written down and judges nothing.
 */
export class ExternalSampler {
  private readonly metrics: readonly ExternalMetric[];
  private readonly database: SqlSource;
  private readonly busy = new Set<string>();
  private stopTicking: (() => void) | undefined;

  constructor(
    { external, stop }: Pick<Plan, 'external' | 'stop'>,
    databaseUrl: string | undefined,
    private readonly clock: Clock,
    private readonly onSample: (sample: ExternalSample) => void,
  ) {
    const watched = new Set(stop.flatMap((rule: StopRule) => (rule.kind === 'ext' ? [rule.metric] : [])));
    this.metrics = external.filter((metric) => isSql(metric) || watched.has(metric.name));
    this.database = new SqlSource(databaseUrl);
  }

  start(): void {
    if (this.metrics.length === 0) return;
    this.tick();
    this.stopTicking = this.clock.every(EVERY_MS, () => this.tick());
  }

  async stop(): Promise<void> {
    this.stopTicking?.();
    await this.database.close();
  }

  private tick(): void {
    void this.readAll();
  }

  /** One after another: the database has one session. */
  private async readAll(): Promise<void> {
    for (const metric of this.metrics) {
      if (this.busy.has(metric.name)) continue;
      this.busy.add(metric.name);
      this.onSample(await this.read(metric));
      this.busy.delete(metric.name);
    }
  }

  private async read(metric: ExternalMetric): Promise<ExternalSample> {
    const { name } = metric;
    try {
      const values = isSql(metric) ? await this.database.ask(metric) : await askPrometheus(metric, this.clock.now());
      return { name, at: this.clock.now(), values };
    } catch (error) {
      return { name, at: this.clock.now(), error: (error as Error).message.split('\n')[0] };
    }
  }
}
