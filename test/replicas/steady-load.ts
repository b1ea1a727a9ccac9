import { Pool } from 'undici';

/** What became of the calls of one stretch of time. */
export interface Stretch {
  readonly calls: number;
  readonly failures: readonly string[];
  readonly p99Ms: number;
}

/** The same call again and again at a fixed rate, whatever becomes of the earlier ones. */
export class SteadyLoad {
  private readonly pool: Pool;
  private readonly timer: NodeJS.Timeout;
  private readonly open = new Set<Promise<void>>();
  private durations: number[] = [];
  private failures: string[] = [];
  private number = 0;

  /** @param path the call's path by its number */
  constructor(baseUrl: string, { path, perS }: { path: (number: number) => string; perS: number }) {
    this.pool = new Pool(baseUrl, { connections: 20 });
    const startMs = performance.now();
    this.timer = setInterval(() => {
      const due = ((performance.now() - startMs) / 1000) * perS;
      while (this.number < due) this.send(path((this.number += 1)));
    }, 5);
  }

  /** What happened since the last look. */
  look(): Stretch {
    const sorted = this.durations.sort((left, right) => left - right);
    const stretch = {
      calls: sorted.length,
      failures: this.failures,
      p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    };
    this.durations = [];
    this.failures = [];
    return stretch;
  }

  async stop(): Promise<Stretch> {
    clearInterval(this.timer);
    await Promise.all(this.open);
    await this.pool.close();
    return this.look();
  }

  private send(path: string): void {
    const startMs = performance.now();
    const call = this.pool
      .request({ path, method: 'GET' })
      .then(async ({ statusCode, body }) => {
        const text = await body.text();
        if (statusCode !== 200 || text.includes('error')) this.failures.push(`${statusCode} ${text.slice(0, 200)}`);
      })
      .catch((failure: unknown) => void this.failures.push(String(failure)))
      .finally(() => {
        this.durations.push(performance.now() - startMs);
        this.open.delete(call);
      });
    this.open.add(call);
  }
}
