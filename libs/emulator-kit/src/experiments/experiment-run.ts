import type { FaultRule } from '../faults/fault-rule.js';
import type { FaultRules } from '../faults/fault-rules.js';
import type { CancelTimer } from '../runtime/clock.js';
import { roundsOf, type Experiment, type Stage } from './experiment.js';
import { breachLine, ObjectiveWatch, type WatchSources } from './objective-watch.js';
import { RunRecord, type TimelineEntry, type Verdict } from './run-record.js';

/** Objectives are looked at this often. */
const WATCH_EVERY_MS = 500;
/** Rules outlive their stage by this if nobody is left to remove them. */
const GRACE_MS = 5000;

/** What a run needs of the emulator. */
export interface RunParts extends WatchSources {
  readonly rules: FaultRules;
  /** Told once, when the run is over and its rules are gone. */
  readonly onEnd: (record: RunRecord) => void;
}

/** One run of an experiment: stage after stage, until the last one, a breach or a stop. */
export class ExperimentRun {
  readonly record: RunRecord;
  round = 1;
  stageNumber = 0;
  private readonly startedMs: number;
  private readonly watches: readonly ObjectiveWatch[];
  private ruleIds: readonly string[] = [];
  private timers: CancelTimer[] = [];
  /** Changes of rules happen one after another, whoever asks for them. */
  private changes: Promise<void> = Promise.resolve();

  constructor(
    private readonly experiment: Experiment,
    private readonly parts: RunParts,
  ) {
    this.startedMs = parts.clock.monotonicMs();
    this.record = new RunRecord(parts.clock.isoNow());
    this.watches = experiment.watch.map((objective) => new ObjectiveWatch(objective, parts));
    this.note('started');
    this.enter();
    this.watch();
  }

  /** Name of the stage the run is in. */
  get stage(): string {
    const stage = this.experiment.stages[this.stageNumber];
    return stage?.name ?? stage?.preset ?? `stage ${this.stageNumber + 1}`;
  }

  /** Ends the run; resolves when its rules are gone. Later calls change nothing. */
  async end(verdict: Verdict, detail?: string): Promise<void> {
    if (this.record.verdict === undefined) this.finish(verdict, detail);
    await this.changes;
  }

  private finish(verdict: Verdict, detail: string | undefined): void {
    for (const cancel of this.timers) cancel();
    for (const watch of this.watches) watch.close();
    this.record.verdict = verdict;
    this.record.endedAt = this.parts.clock.isoNow();
    this.note('ended', detail === undefined ? verdict : `${verdict}: ${detail}`);
    this.change([]);
    this.changes = this.changes.then(() => this.parts.onEnd(this.record));
  }

  private enter(): void {
    const stage = this.experiment.stages[this.stageNumber]!;
    this.note('stage');
    this.change(stageRules(this.experiment.id, stage, this.parts.rules));
    this.later(stage.durationMs, () => this.next());
  }

  private next(): void {
    this.stageNumber += 1;
    if (this.stageNumber === this.experiment.stages.length) {
      if (this.round >= roundsOf(this.experiment)) {
        this.stageNumber -= 1;
        void this.end('passed');
        return;
      }
      this.round += 1;
      this.stageNumber = 0;
    }
    this.enter();
  }

  private watch(): void {
    const breaches = this.watches.flatMap((watch) => watch.breach() ?? []);
    for (const breach of breaches) this.note('breach', breachLine(breach));
    if (breaches.length > 0) void this.end('halted', breachLine(breaches[0]!));
    else this.later(WATCH_EVERY_MS, () => this.watch());
  }

  private change(rules: readonly FaultRule[]): void {
    const removed = this.ruleIds;
    this.ruleIds = rules.map(({ id }) => id);
    if (removed.length + rules.length === 0) return;
    this.changes = this.changes
      .then(() => this.parts.rules.swap(removed, rules, `experiment ${this.experiment.id}`))
      .then(
        () => undefined,
        (failure: unknown) => {
          if (this.record.verdict === undefined) this.finish('failed', (failure as Error).message);
        },
      );
  }

  private later(delayMs: number, action: () => void): void {
    const cancel = this.parts.clock.after(delayMs, () => {
      this.timers = this.timers.filter((timer) => timer !== cancel);
      action();
    });
    this.timers.push(cancel);
  }

  private note(event: TimelineEntry['event'], detail?: string): void {
    const elapsedMs = Math.round(this.parts.clock.monotonicMs() - this.startedMs);
    const where = { round: this.round, stage: this.stage };
    this.record.add({ at: this.parts.clock.isoNow(), elapsedMs, event, ...where, detail });
  }
}

/** The rules of a stage under ids of the experiment's own, so that rules set by hand are never touched. */
export function stageRules(experimentId: string, stage: Stage, rules: FaultRules): readonly FaultRule[] {
  const own = stage.preset === undefined ? (stage.rules ?? []) : (rules.preset(stage.preset)?.rules ?? []);
  return own.map((rule) => ({
    ...rule,
    id: `exp.${experimentId}.${rule.id}`,
    ttlMs: Math.min(rule.ttlMs ?? Infinity, stage.durationMs + GRACE_MS),
    schedule: stage.rampMs === undefined ? rule.schedule : { ...rule.schedule, rampMs: stage.rampMs },
  }));
}
