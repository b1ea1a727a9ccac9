import type { OperationRate } from './arrivals.js';
import { phaseArrivals } from './arrivals.js';
import type { Clock } from './clock.js';
import type { Crew } from './crew.js';
import { Dispatcher } from './dispatcher.js';
import type { HealthProbe } from './generator-health.js';
import { HoldMeter } from './hold-meter.js';
import type { HoldReading } from './hold-reading.js';
import { OperationTracker } from './operation-tracker.js';
import type { Execute } from './operation-tracker.js';
import { Recorder } from './recorder.js';
import type { SampleSink } from './sample.js';
import type { Phase } from './timeline.js';
import { judgedMs } from './timeline.js';

export interface LocalCrewOptions {
  clock: Clock;
  seed: string;
  rates: readonly OperationRate[];
  /** Epoch milliseconds at which the load starts. */
  startAt: number;
  maxInFlight: number;
  /** Carries what was measured before an interruption. */
  recorder?: Recorder;
  execute: Execute;
  sink: SampleSink;
  /** A fresh probe per call: each measures its own window. */
  probe(): HealthProbe;
}

/** This very process as the crew. */
export class LocalCrew implements Crew {
  readonly recorder: Recorder;
  private readonly tracker: OperationTracker;
  private readonly dispatcher: Dispatcher;
  private readonly meter: HoldMeter;

  constructor(private readonly options: LocalCrewOptions) {
    this.recorder = options.recorder ?? new Recorder();
    this.tracker = new OperationTracker(options, this.recorder);
    this.dispatcher = new Dispatcher(options.clock);
    this.meter = new HoldMeter(options, this.tracker);
  }

  get launched(): number {
    return this.tracker.launched;
  }

  get dropped(): number {
    return this.tracker.dropped;
  }

  get inFlight(): number {
    return this.tracker.gauge.count;
  }

  send(phases: readonly Phase[], at: number, signal: AbortSignal): Promise<void> {
    const { seed, rates, startAt } = this.options;
    const job = {
      arrivals: phaseArrivals(seed, rates, phases, at),
      startAt: startAt + (phases[at] as Phase).startMs,
      launch: this.tracker.launch.bind(this.tracker),
    };
    return this.dispatcher.run(job, signal);
  }

  async measure(phase: Phase, signal: AbortSignal): Promise<HoldReading | undefined> {
    const share = await this.meter.measure(phase, signal);
    if (!share) return undefined;
    const { integral, measuredMs, ...rest } = share;
    return {
      ...rest,
      levelPercent: phase.toPercent,
      startedAt: this.options.startAt + phase.startMs,
      judgedMs: judgedMs(phase),
      meanInFlight: integral / Math.max(measuredMs, 1),
    };
  }

  async conclude(reading: HoldReading, drainMs: number, signal: AbortSignal): Promise<HoldReading> {
    await this.tracker.conclude(reading.step, drainMs, signal);
    return reading;
  }

  drain(drainMs: number, signal: AbortSignal): Promise<void> {
    return this.tracker.drain(drainMs, signal);
  }

  probe(): HealthProbe {
    return this.options.probe();
  }
}
