import type { Arrival, OperationRate } from '../engine/arrivals.js';
import { PhaseArrivals } from '../engine/phase-arrivals.js';
import type { Phase } from '../engine/timeline.js';
import { sentMs } from '../engine/timeline.js';
import type { Holdings } from './holdings.js';

export interface CourseRunnerOptions {
  seed: string;
  rates: readonly OperationRate[];
  startAt: number;
  shardOf: (arrival: Arrival) => number;
  launch(arrival: Arrival, plannedAt: number): void;
}

/** Sends the arrivals of a worker's own shards, phase by phase, at the moments the plan names. */
export class CourseRunner {
  private phases: readonly Phase[] = [];
  private current: PhaseArrivals | undefined;
  private at = 0;
  private doneTo: number;

  constructor(
    private readonly options: CourseRunnerOptions,
    private readonly holdings: Holdings,
  ) {
    this.doneTo = options.startAt;
  }

  /** Epoch milliseconds: arrivals planned before it have been sent, or are not this worker's. */
  get front(): number {
    return this.doneTo;
  }

  /** Takes over the phases begun so far; a phase may have been cut since. */
  update(phases: readonly Phase[]): void {
    this.phases = phases;
  }

  /** Sends everything that is due. */
  tick(now: number): void {
    for (;;) {
      const phase = this.phases[this.at];
      if (!phase) return;
      const phaseAt = this.options.startAt + phase.startMs;
      if (now < phaseAt) return;
      const { seed, rates } = this.options;
      this.current ??= new PhaseArrivals(seed, rates, this.phases, this.at);
      const endMs = sentMs(phase);
      const dueMs = Math.min(now - phaseAt, endMs);
      for (const arrival of this.current.until(dueMs)) this.offer(arrival, phaseAt + arrival.offsetMs);
      this.doneTo = Math.max(this.doneTo, phaseAt + dueMs);
      if (now - phaseAt < endMs) return;
      this.at += 1;
      this.current = undefined;
    }
  }

  /** Sends at once what a shard taken over late has missed since `fromMs`. */
  catchUp(shard: number, fromMs: number): void {
    const { seed, rates, startAt, shardOf } = this.options;
    this.phases.forEach((phase, index) => {
      const phaseAt = startAt + phase.startMs;
      const toMs = Math.min(this.doneTo - phaseAt, sentMs(phase));
      if (toMs <= 0 || fromMs >= phaseAt + toMs) return;
      const arrivals =
        index === this.at && this.current ? this.current : new PhaseArrivals(seed, rates, this.phases, index);
      for (const arrival of arrivals.between(Math.max(0, fromMs - phaseAt), toMs)) {
        if (shardOf(arrival) === shard) this.offer(arrival, phaseAt + arrival.offsetMs);
      }
    });
  }

  private offer(arrival: Arrival, plannedAt: number): void {
    if (this.holdings.holds(this.options.shardOf(arrival), plannedAt)) this.options.launch(arrival, plannedAt);
  }
}
