import { phaseArrivals } from './arrivals.js';
import type { OperationRate } from './arrivals.js';
import type { Clock } from './clock.js';
import { Dispatcher } from './dispatcher.js';
import type { HealthProbe, HealthReading } from './generator-health.js';
import { OperationTracker } from './operation-tracker.js';
import type { Execute } from './operation-tracker.js';
import type { Cell } from './recorder.js';
import type { SampleSink } from './sample.js';
import type { Phase } from './timeline.js';
import { judgedMs, totalMs } from './timeline.js';

/** The generator's own figures over the judged part of one hold. */
export interface HoldReading extends HealthReading {
  step: number;
  levelPercent: number;
  /** Epoch milliseconds of the whole hold. */
  startedAt: number;
  finishedAt: number;
  judgedMs: number;
  /** Time-weighted mean of operations in progress: N of Little's law. */
  meanInFlight: number;
  inFlightAtStart: number;
  inFlightAtEnd: number;
}

export interface EngineOptions {
  clock: Clock;
  seed: string;
  rates: readonly OperationRate[];
  phases: readonly Phase[];
  /** Epoch milliseconds at which the load starts. */
  startAt: number;
  maxInFlight: number;
  drainMs: number;
  execute: Execute;
  sink: SampleSink;
  /** A fresh probe per call: each measures its own window. */
  probe(): HealthProbe;
  signal: AbortSignal;
}

export interface EngineResult {
  cells: Cell[];
  holds: HoldReading[];
  interrupted: boolean;
}

/** Runs a laid-out plan in the open model: ramp, hold, next step; then waits for the stragglers. */
export class LoadEngine {
  readonly tracker: OperationTracker;
  private readonly holds: HoldReading[] = [];
  private readonly dispatcher: Dispatcher;
  private active: Phase | undefined;

  constructor(private readonly options: EngineOptions) {
    this.tracker = new OperationTracker(options);
    this.dispatcher = new Dispatcher(options.clock);
  }

  /** The phase being run; undefined before the start and while draining. */
  get phase(): Phase | undefined {
    return this.active;
  }

  async run(): Promise<EngineResult> {
    const { clock, phases, startAt, signal, drainMs } = this.options;
    await clock.sleep(startAt - clock.now(), signal);
    for (const phase of phases) {
      if (signal.aborted) break;
      this.active = phase;
      await this.runPhase(phase);
    }
    this.active = undefined;
    await clock.sleep(startAt + totalMs(phases) - clock.now(), signal);
    await this.tracker.drain(signal.aborted ? 0 : drainMs, signal);
    return { cells: this.tracker.recorder.all(), holds: this.holds, interrupted: signal.aborted };
  }

  private async runPhase(phase: Phase): Promise<void> {
    const { clock, seed, rates, phases, startAt, signal } = this.options;
    const phaseAt = startAt + phase.startMs;
    const watch = judgedMs(phase) > 0 ? this.watchHold(phase, phaseAt) : Promise.resolve();
    await this.dispatcher.run(
      {
        arrivals: phaseArrivals(seed, rates, phases, phase.index),
        startAt: phaseAt,
        launch: (arrival, plannedAt) => this.tracker.launch(arrival, plannedAt),
      },
      signal,
    );
    await clock.sleep(phaseAt + phase.durationMs - clock.now(), signal);
    await watch;
  }

  private async watchHold(phase: Phase, phaseAt: number): Promise<void> {
    const { clock, signal } = this.options;
    const { gauge } = this.tracker;
    await clock.sleep(phaseAt + phase.settleMs - clock.now(), signal);
    const probe = this.options.probe();
    const from = clock.now();
    const integralFrom = gauge.integralAt(from);
    const inFlightAtStart = gauge.count;
    await clock.sleep(phaseAt + phase.durationMs - from, signal);
    const to = clock.now();
    this.holds.push({
      ...probe.read(),
      step: phase.step,
      levelPercent: phase.toPercent,
      startedAt: phaseAt,
      finishedAt: to,
      judgedMs: judgedMs(phase),
      meanInFlight: (gauge.integralAt(to) - integralFrom) / Math.max(to - from, 1),
      inFlightAtStart,
      inFlightAtEnd: gauge.count,
    });
  }
}
