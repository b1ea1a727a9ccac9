import type { Clock, StopTicking } from '../engine/clock.js';
import type { HealthProbe } from '../engine/generator-health.js';
import { HoldMeter } from '../engine/hold-meter.js';
import { OperationTracker } from '../engine/operation-tracker.js';
import { judgedMs } from '../engine/timeline.js';
import type { Phase } from '../engine/timeline.js';
import { CourseRunner } from './course-runner.js';
import { Holdings } from './holdings.js';
import type { ClockReading, Report, State } from './messages.js';
import { ReportBuffer } from './report-buffer.js';
import { shardOf } from './shard.js';
import type { OpenWork, WorkerSetup } from './work.js';

const TICK_MS = 1;

export interface WorkerSessionOptions {
  session: string;
  run: string;
  setup: WorkerSetup;
  work: OpenWork;
  /** Set to the coordinator's time. */
  clock: Clock;
  probe: () => HealthProbe;
  clockReading: () => ClockReading;
  /** Takes a report for delivery, in order; never rejects. */
  send: (report: Report) => void;
}

/** A worker's part in one run: sends its shards, measures its holds, reports. */
export class WorkerSession {
  private readonly holdings = new Holdings();
  private readonly buffer = new ReportBuffer(() => this.report());
  private readonly tracker: OperationTracker;
  private readonly runner: CourseRunner;
  private readonly meter: HoldMeter;
  private readonly health: HealthProbe;
  private readonly stops: StopTicking[] = [];
  private readonly measured = new Map<number, AbortController>();
  private readonly measuring = new Set<Promise<void>>();
  private readonly lostSteps = new Set<number>();
  private number = 0;
  private heardAt: number;
  private readonly leaving = new AbortController();
  private loseAllNumber = 0;
  private maxInFlight = 1;

  constructor(
    private readonly options: WorkerSessionOptions,
    first: State,
  ) {
    const { clock, setup, work, probe } = options;
    const { startAt, shards } = first;
    const ceiling = () => this.maxInFlight;
    this.heardAt = clock.now();
    this.tracker = new OperationTracker(
      {
        clock,
        execute: work.execute,
        sink: this.buffer,
        startAt,
        get maxInFlight() {
          return ceiling();
        },
      },
      this.buffer.recorder,
    );
    const { seed, rates, signers } = setup;
    this.runner = new CourseRunner(
      {
        ...{ seed, rates, startAt },
        shardOf: ({ ordinal }) => shardOf(ordinal, signers, shards),
        launch: (arrival, plannedAt) => this.tracker.launch(arrival, plannedAt),
      },
      this.holdings,
    );
    this.meter = new HoldMeter({ clock, startAt, probe }, this.tracker);
    this.health = probe();
    this.stops.push(
      clock.every(TICK_MS, () => this.tick()),
      clock.every(setup.timing.reportMs, () => this.report()),
    );
    this.update(first);
  }

  /** Takes over what the coordinator wants. */
  update(state: State): void {
    const { clock, session } = this.options;
    this.heardAt = clock.now();
    const member = state.members.find((each) => each.session === session);
    if (!member) return;
    this.maxInFlight = member.maxInFlight;
    this.runner.update(state.phases);
    const { taken, released } = this.holdings.update(member.windows, this.runner.front);
    for (const { shard, from } of taken) this.runner.catchUp(shard, from);
    for (const phase of state.phases) this.follow(phase);
    this.giveUp(state);
    this.buffer.addReleased(released);
    if (released.length > 0) this.report();
  }

  /** Sends what has been gathered. */
  report(): void {
    const { run, session, work, clockReading } = this.options;
    const { launched, dropped, gauge } = this.tracker;
    const settledTo = Math.min(this.runner.front, this.tracker.oldestPlanned ?? Infinity);
    this.number += 1;
    this.options.send({
      kind: 'report',
      ...{ run, session, number: this.number, settledTo, windows: this.holdings.count, launched, dropped },
      inFlight: gauge.count,
      health: this.health.read(),
      clock: clockReading(),
      ...this.buffer.take(),
      calls: work.takeCalls(),
      signedDocumentIds: work.takeSigned(),
    });
  }

  /** Whether everything it was to send has been sent and has ended. */
  get isIdle(): boolean {
    return this.tracker.gauge.count === 0 && this.holdings.isOver(this.runner.front);
  }

  /** Reports what is left to say: the part of the hold it has seen, the last samples. */
  async conclude(): Promise<void> {
    this.leaving.abort();
    await Promise.all(this.measuring);
    this.report();
  }

  /** Ends the session; operations in progress are broken off and reported no more. */
  async close(): Promise<void> {
    for (const stop of this.stops) stop();
    for (const controller of this.measured.values()) controller.abort();
    await this.tracker.drain(0, AbortSignal.abort());
    await this.options.work.close();
  }

  private tick(): void {
    const { clock, setup } = this.options;
    const now = clock.now();
    // Whoever does not hear the coordinator may have been replaced: two workers must not send the same arrivals.
    if (now - this.heardAt > setup.timing.leaseMs) return;
    this.runner.tick(now);
  }

  private follow(phase: Phase): void {
    const known = this.measured.get(phase.index);
    if (known && phase.cutMs !== undefined) known.abort();
    if (known || judgedMs(phase) <= 0 || phase.cutMs !== undefined) return;
    const controller = new AbortController();
    this.measured.set(phase.index, controller);
    const measuring = this.meter.measure(phase, controller.signal, this.leaving.signal).then((share) => {
      this.measuring.delete(measuring);
      if (!share) return;
      this.buffer.addHold(share);
      this.report();
    });
    this.measuring.add(measuring);
  }

  private giveUp({ loseSteps, loseAll }: State): void {
    const never = new AbortController().signal;
    for (const step of loseSteps) {
      if (this.lostSteps.has(step)) continue;
      this.lostSteps.add(step);
      void this.tracker.conclude(step, 0, never).then(() => this.report());
    }
    if (!loseAll || loseAll.number <= this.loseAllNumber) return;
    this.loseAllNumber = loseAll.number;
    void this.tracker.drain(0, loseAll.isInterrupted ? AbortSignal.abort() : never).then(() => this.report());
  }
}
