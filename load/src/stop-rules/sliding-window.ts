import type { Sample } from '../engine/sample.js';

/** What ended, or was dropped, within one second. */
export interface Second {
  ended: number;
  dropped: number;
  latencySumMs: number;
  succeeded: number;
  latenciesMs: number[];
  lagsMs: number[];
  /** Operations that failed with an HTTP status, by status, and without an answer, by error code. */
  statuses: Map<string, number>;
  netErrors: Map<string, number>;
}

const STATUS = / (\d{3})(?: |$)/;
const NET = /(?:^| )net (\S+)/;

/** Seconds of one rule, the oldest dropped: memory is that of the window whatever the run lasts. */
export class SlidingWindow {
  private readonly seconds = new Map<number, Second>();

  constructor(private readonly windowMs: number) {}

  add(sample: Sample, now: number): void {
    const second = this.at(Math.floor(now / 1000));
    if (sample.outcome === 'dropped') second.dropped += 1;
    else second.ended += 1;
    if (sample.started !== undefined) second.lagsMs.push(sample.started - sample.planned);
    if (sample.outcome === 'ok' && sample.completed !== undefined) {
      const latencyMs = sample.completed - sample.planned;
      second.succeeded += 1;
      second.latencySumMs += latencyMs;
      second.latenciesMs.push(latencyMs);
    }
    count(second.statuses, STATUS.exec(sample.cause ?? '')?.[1]);
    count(second.netErrors, NET.exec(sample.cause ?? '')?.[1]);
  }

  /** The complete seconds of the window that ends now, oldest first; seconds in which nothing happened are absent. */
  recent(now: number): Second[] {
    const last = Math.floor(now / 1000) - 1;
    const first = last - Math.ceil(this.windowMs / 1000) + 1;
    for (const at of this.seconds.keys()) if (at < first) this.seconds.delete(at);
    return [...this.seconds].filter(([at]) => at <= last).map(([, second]) => second);
  }

  clear(): void {
    this.seconds.clear();
  }

  private at(index: number): Second {
    let second = this.seconds.get(index);
    if (!second) {
      second = {
        ended: 0,
        dropped: 0,
        latencySumMs: 0,
        succeeded: 0,
        latenciesMs: [],
        lagsMs: [],
        statuses: new Map(),
        netErrors: new Map(),
      };
      this.seconds.set(index, second);
    }
    return second;
  }
}

function count(counts: Map<string, number>, key: string | undefined): void {
  if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
}
