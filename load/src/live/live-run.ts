import type { Sample } from '../engine/sample.js';
import type { Phase } from '../engine/timeline.js';
import type { PlannedRun, HealthLine } from '../run-folder/run-files.js';
import type { VerdictWord } from '../verdict/verdict.js';
import { LastMinute } from './last-minute.js';

/** What is known of one operation while the load goes on. */
export interface LiveOperation {
  readonly operation: string;
  /** Operations per hour at 100 % of the profile. */
  readonly perHour: number;
  readonly minute: LastMinute;
  readonly counts: Record<Sample['outcome'], number>;
  /** Of the judged part of the current hold. */
  readonly hold: Record<Sample['outcome'], number>;
}

/** A hold that has ended. */
export interface LiveVerdict {
  readonly step: number;
  readonly levelPercent: number;
  readonly word: VerdictWord;
}

/** The state of a run as monitoring sees it: fed by the load, read by whoever asks; neither waits for the other. */
export class LiveRun {
  readonly operations: readonly LiveOperation[];
  readonly verdicts: LiveVerdict[] = [];
  private readonly byName: ReadonlyMap<string, LiveOperation>;
  private active: Phase | undefined;
  private line: HealthLine | undefined;
  private holdStep = 0;

  constructor(
    readonly id: string,
    readonly planned: PlannedRun,
    private readonly startAt: number,
  ) {
    const zero = () => ({ ok: 0, failed: 0, dropped: 0, lost: 0 });
    this.operations = planned.operations.map(({ operation, perHour }) => ({
      operation,
      perHour,
      minute: new LastMinute(),
      counts: zero(),
      hold: zero(),
    }));
    this.byName = new Map(this.operations.map((each) => [each.operation, each]));
  }

  get phase(): Phase | undefined {
    return this.active;
  }

  get health(): HealthLine | undefined {
    return this.line;
  }

  /** Takes an operation that has ended, at epoch milliseconds `now`. */
  add(sample: Sample, now: number): void {
    const own = this.byName.get(sample.operation);
    if (own === undefined) return;
    own.counts[sample.outcome] += 1;
    if (sample.stage === 'hold') this.addToHold(own, sample);
    const { completed, planned, started = planned } = sample;
    if (completed === undefined) return;
    own.minute.add(now, {
      isFailed: sample.outcome !== 'ok',
      latencyMs: completed - planned,
      serviceMs: completed - started,
    });
  }

  /** Takes a reading of the generator and the phase it was made in. */
  tick(line: HealthLine, phase: Phase | undefined): void {
    this.line = line;
    this.active = phase;
  }

  /** Takes the verdict of a hold. */
  judged(verdict: LiveVerdict): void {
    this.verdicts.push(verdict);
  }

  /** Level at a moment, per cent of the profile. */
  levelPercent(now: number): number {
    const phase = this.active;
    if (phase === undefined) return 0;
    const part = Math.min(1, Math.max(0, (now - this.startAt - phase.startMs) / phase.durationMs));
    return phase.fromPercent + (phase.toPercent - phase.fromPercent) * part;
  }

  /** Completed share of what the hold has planned so far, per cent; undefined outside the judged part of a hold. */
  accuracyPercent({ perHour, hold }: LiveOperation, now: number): number | undefined {
    const phase = this.active;
    if (phase?.kind !== 'hold' || phase.step !== this.holdStep) return undefined;
    const judgedMs = now - this.startAt - phase.startMs - phase.settleMs;
    const planned = (((perHour * phase.toPercent) / 100) * judgedMs) / 3_600_000;
    return planned < 1 ? undefined : Math.min(100, ((hold.ok + hold.failed) / planned) * 100);
  }

  private addToHold({ hold }: LiveOperation, sample: Sample): void {
    if (sample.step !== this.holdStep) this.startHold(sample.step);
    hold[sample.outcome] += 1;
  }

  private startHold(step: number): void {
    if (step < this.holdStep) return;
    this.holdStep = step;
    for (const { hold } of this.operations) Object.assign(hold, { ok: 0, failed: 0, dropped: 0, lost: 0 });
  }
}
