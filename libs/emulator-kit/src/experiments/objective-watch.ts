import { operationPattern } from '../faults/operation-pattern.js';
import type { OutgoingHttp } from '../outgoing/outgoing-http.js';
import type { Clock } from '../runtime/clock.js';
import type { ExchangeMetrics } from '../telemetry/exchange-metrics.js';
import type { Objective } from './experiment.js';
import { SampleWindow } from './sample-window.js';

const PROBE_EVERY_MS = 1000;
/** A probe that takes longer counts as failed. */
const PROBE_TIMEOUT_MS = 5000;

/** An objective that does not hold. */
export interface Breach {
  readonly objective: Objective;
  readonly value: number;
}

/** Where samples come from. */
export interface WatchSources {
  readonly metrics: ExchangeMetrics;
  readonly outgoing: OutgoingHttp;
  readonly clock: Clock;
}

/** Watches one objective from its start until `close`. */
export class ObjectiveWatch {
  private readonly window: SampleWindow;
  private readonly startedMs: number;
  private readonly stop: () => void;

  constructor(
    readonly objective: Objective,
    private readonly sources: WatchSources,
  ) {
    this.window = new SampleWindow(objective.windowMs);
    this.startedMs = sources.clock.monotonicMs();
    this.stop = objective.probeUrl === undefined ? this.watchExchanges() : this.probe(objective.probeUrl);
  }

  /** The breach at this moment; undefined while the objective holds or too little is known. */
  breach(): Breach | undefined {
    const value = this.value();
    const { atMost = Infinity, atLeast = -Infinity } = this.objective;
    return value === undefined || (value <= atMost && value >= atLeast)
      ? undefined
      : { objective: this.objective, value };
  }

  close(): void {
    this.stop();
  }

  private value(): number | undefined {
    const nowMs = this.sources.clock.monotonicMs();
    const { measure, windowMs, minCalls } = this.objective;
    const calls = this.window.calls(nowMs);
    if (measure === 'ratePerSecond') {
      // The first window must be full before its rate means anything.
      return nowMs - this.startedMs < windowMs ? undefined : calls / (windowMs / 1000);
    }
    if (calls < minCalls) return undefined;
    if (measure === 'errorShare') return this.window.errorShare(nowMs);
    return this.window.percentile(nowMs, Number(/\d+/.exec(measure)![0]));
  }

  private watchExchanges(): () => void {
    const patterns = this.objective.operations.map(operationPattern);
    return this.sources.metrics.watch(({ operation }, outcome, durationMs) => {
      if (!patterns.some((covers) => covers(operation))) return;
      this.window.add(this.sources.clock.monotonicMs(), durationMs, outcome !== 'reply');
    });
  }

  private probe(url: string): () => void {
    const { clock } = this.sources;
    let isOpen = true;
    const turn = async (): Promise<void> => {
      while (isOpen) {
        const startMs = clock.monotonicMs();
        const isError = await this.isFailing(url);
        this.window.add(clock.monotonicMs(), clock.monotonicMs() - startMs, isError);
        await new Promise<void>((resolve) => clock.after(startMs + PROBE_EVERY_MS - clock.monotonicMs(), resolve));
      }
    };
    void turn();
    return () => (isOpen = false);
  }

  private async isFailing(url: string): Promise<boolean> {
    try {
      const call = { name: 'probe.get', method: 'GET', url, timeoutMs: PROBE_TIMEOUT_MS } as const;
      return (await this.sources.outgoing.call(call)).status >= 500;
    } catch {
      return true;
    }
  }
}

/** One line for the timeline: what was wanted, what was seen. */
export function breachLine({ objective, value }: Breach): string {
  const { measure, atMost, atLeast } = objective;
  const limit = [
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
  ].join(' and ');
  const what = objective.probeUrl ?? objective.operations.join(', ');
  return `${measure} of ${what} is ${Number(value.toPrecision(4))}, wanted ${limit}`;
}
