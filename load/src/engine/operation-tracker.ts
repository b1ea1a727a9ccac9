import type { Arrival } from './arrivals.js';
import type { Clock } from './clock.js';
import { InFlightGauge } from './in-flight.js';
import { Recorder } from './recorder.js';
import type { Sample, SampleSink } from './sample.js';
import { stageAt } from './timeline.js';

/** What an operation reports when it ended. */
export interface OperationResult {
  /** Absent when it succeeded. */
  cause?: string;
  traceId?: string;
  subject?: string;
}

/** Does one operation; calls `accepted` when the system took it in. Rejections are recorded as failures. */
export type Execute = (arrival: Arrival, accepted: () => void, signal: AbortSignal) => Promise<OperationResult>;

export interface TrackerOptions {
  clock: Clock;
  execute: Execute;
  sink: SampleSink;
  /** Hard ceiling of operations in progress; arrivals above it are dropped and counted. */
  maxInFlight: number;
  startAt: number;
}

/** Starts operations, follows them to their end and turns each into exactly one sample. */
export class OperationTracker {
  readonly recorder = new Recorder();
  readonly gauge: InFlightGauge;
  launched = 0;
  dropped = 0;
  private readonly open = new Map<Sample, Promise<void>>();
  private readonly cancel = new AbortController();

  constructor(private readonly options: TrackerOptions) {
    this.gauge = new InFlightGauge(options.startAt);
  }

  launch(arrival: Arrival, plannedAt: number): void {
    const { clock, maxInFlight } = this.options;
    const sample: Sample = {
      operation: arrival.operation,
      ordinal: arrival.ordinal,
      step: arrival.phase.step,
      stage: stageAt(arrival.phase, arrival.offsetMs),
      planned: plannedAt,
      outcome: 'ok',
    };
    if (this.gauge.count >= maxInFlight) {
      this.dropped += 1;
      this.emit({ ...sample, outcome: 'dropped', cause: 'in-flight ceiling' });
      return;
    }
    sample.started = clock.now();
    this.launched += 1;
    this.gauge.enter(sample.started);
    this.open.set(sample, this.follow(arrival, sample));
  }

  /** Waits for the operations in progress, at most `drainMs`; the rest is cancelled and recorded as lost. */
  async drain(drainMs: number, signal: AbortSignal): Promise<void> {
    const timeUp = new AbortController();
    const finished = Promise.all(this.open.values()).then(() => timeUp.abort());
    await this.options.clock.sleep(drainMs, AbortSignal.any([signal, timeUp.signal]));
    const left = [...this.open.keys()];
    this.open.clear();
    const cause = signal.aborted ? 'interrupted' : 'unfinished at the end';
    for (const sample of left) this.emit({ ...sample, outcome: 'lost', cause });
    this.cancel.abort();
    await finished;
  }

  private async follow(arrival: Arrival, sample: Sample): Promise<void> {
    const { clock, execute } = this.options;
    const accepted = () => {
      sample.accepted ??= clock.now();
    };
    try {
      Object.assign(sample, await execute(arrival, accepted, this.cancel.signal));
    } catch (error) {
      sample.cause = `internal: ${(error as Error).message}`;
    }
    sample.completed = clock.now();
    sample.outcome = sample.cause === undefined ? 'ok' : 'failed';
    this.gauge.leave(sample.completed);
    if (this.open.delete(sample)) this.emit(sample);
  }

  private emit(sample: Sample): void {
    this.recorder.record(sample);
    this.options.sink.write(sample);
  }
}
