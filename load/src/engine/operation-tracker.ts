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
  readonly gauge: InFlightGauge;
  launched = 0;
  dropped = 0;
  private readonly open = new Map<Sample, Promise<void>>();
  /** One signal per operation: adding a listener to a signal shared by thousands goes through all of them. */
  private readonly running = new Set<AbortController>();

  constructor(
    private readonly options: TrackerOptions,
    readonly recorder = new Recorder(),
  ) {
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

  /** Operations that have ended, well or badly. */
  ended = 0;

  /** Epoch milliseconds the oldest operation in progress was planned for. */
  get oldestPlanned(): number | undefined {
    let oldest: number | undefined;
    for (const { planned } of this.open.keys()) if (oldest === undefined || planned < oldest) oldest = planned;
    return oldest;
  }

  /** Waits for the operations of one step, at most `drainMs`; the unfinished ones are recorded as lost. */
  async conclude(step: number, drainMs: number, signal: AbortSignal): Promise<void> {
    const mine = [...this.open].filter(([sample]) => sample.step === step);
    await this.wait(
      mine.map(([, following]) => following),
      drainMs,
      signal,
    );
    this.lose(
      mine.map(([sample]) => sample),
      signal,
    );
  }

  /** Waits for all operations in progress, at most `drainMs`; the rest is cancelled and recorded as lost. */
  async drain(drainMs: number, signal: AbortSignal): Promise<void> {
    const all = [...this.open];
    const finished = all.map(([, following]) => following);
    await this.wait(finished, drainMs, signal);
    this.lose([...this.open.keys()], signal);
    for (const cancel of this.running) cancel.abort();
    await Promise.all(finished);
  }

  private async wait(following: Promise<void>[], drainMs: number, signal: AbortSignal): Promise<void> {
    const finished = new AbortController();
    void Promise.all(following).then(() => finished.abort());
    await this.options.clock.sleep(drainMs, AbortSignal.any([signal, finished.signal]));
  }

  private lose(samples: readonly Sample[], signal: AbortSignal): void {
    const cause = signal.aborted ? 'interrupted' : 'unfinished at the end';
    for (const sample of samples) if (this.open.delete(sample)) this.emit({ ...sample, outcome: 'lost', cause });
  }

  private async follow(arrival: Arrival, sample: Sample): Promise<void> {
    const { clock, execute } = this.options;
    const cancel = new AbortController();
    this.running.add(cancel);
    const accepted = () => {
      sample.accepted ??= clock.now();
    };
    try {
      Object.assign(sample, await execute(arrival, accepted, cancel.signal));
    } catch (error) {
      sample.cause = `internal: ${(error as Error).message}`;
    }
    this.running.delete(cancel);
    sample.completed = clock.now();
    sample.outcome = sample.cause === undefined ? 'ok' : 'failed';
    this.gauge.leave(sample.completed);
    this.ended += 1;
    if (this.open.delete(sample)) this.emit(sample);
  }

  private emit(sample: Sample): void {
    this.recorder.record(sample);
    this.options.sink.write(sample);
  }
}
