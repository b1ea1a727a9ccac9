import type { OperationRate } from '../engine/arrivals.js';
import { PhaseArrivals } from '../engine/phase-arrivals.js';
import type { Sample } from '../engine/sample.js';
import type { Phase } from '../engine/timeline.js';
import { sentMs, stageAt } from '../engine/timeline.js';
import type { TableWindow } from './shard-table.js';
import { shardOf } from './shard.js';

export interface LedgerOptions {
  seed: string;
  rates: readonly OperationRate[];
  startAt: number;
  signers: number;
  shards: number;
}

/**
 * Remembers which operations of a worker have their sample although earlier ones have not: what is in progress, no
 * more. When the worker is lost, everything else that was planned for it is known to be lost, each exactly once.
 */
export class Ledger {
  private readonly reported = new Map<string, Map<string, number>>();

  constructor(private readonly options: LedgerOptions) {}

  /** Takes note of samples; what was planned before `settledTo` need not be remembered. */
  note(session: string, samples: readonly Sample[], settledTo: number): void {
    const known = this.reported.get(session) ?? new Map<string, number>();
    this.reported.set(session, known);
    for (const sample of samples) known.set(keyOf(sample), sample.planned);
    for (const [key, planned] of known) if (planned < settledTo) known.delete(key);
  }

  /** Samples of everything planned in the windows that has none yet, lost for the given cause. */
  *missing(
    session: string,
    windows: readonly TableWindow[],
    phases: readonly Phase[],
    cause: string,
  ): Generator<Sample> {
    const known = this.reported.get(session);
    this.reported.delete(session);
    for (const [index, phase] of phases.entries()) {
      const open = windows.filter((window) => this.overlaps(window, phase));
      if (open.length === 0) continue;
      const { seed, rates, startAt, signers, shards } = this.options;
      const phaseAt = startAt + phase.startMs;
      const arrivals = new PhaseArrivals(seed, rates, phases, index).between(0, sentMs(phase));
      for (const { operation, ordinal, offsetMs } of arrivals) {
        const planned = phaseAt + offsetMs;
        const shard = shardOf(ordinal, signers, shards);
        if (!open.some((window) => window.shard === shard && isUnsettled(window, planned))) continue;
        const stage = stageAt(phase, offsetMs);
        const sample: Sample = { operation, ordinal, step: phase.step, stage, planned, outcome: 'lost', cause };
        if (!known?.has(keyOf(sample))) yield sample;
      }
    }
  }

  private overlaps({ settledTo, until }: TableWindow, phase: Phase): boolean {
    const phaseAt = this.options.startAt + phase.startMs;
    return settledTo < phaseAt + sentMs(phase) && (until ?? Infinity) > phaseAt;
  }
}

function isUnsettled({ settledTo, until }: TableWindow, planned: number): boolean {
  return planned >= settledTo && planned < (until ?? Infinity);
}

function keyOf({ operation, ordinal }: Sample): string {
  return `${operation}|${ordinal}`;
}
