import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { FaultRegistry, FaultRuleError } from '../faults/fault-registry.js';
import { faultRuleSchema, problemLine } from '../faults/fault-rule.js';
import { FaultRules } from '../faults/fault-rules.js';
import { Journal } from '../journal/journal.js';
import { OutgoingHttp } from '../outgoing/outgoing-http.js';
import { Clock, type CancelTimer } from '../runtime/clock.js';
import { SettingsError } from '../runtime/settings.js';
import { ExchangeMetrics } from '../telemetry/exchange-metrics.js';
import { nextRunMs, type Experiment } from './experiment.js';
import { ExperimentRun, stageRules } from './experiment-run.js';
import type { RunRecord } from './run-record.js';

/** Injection token of the experiments that the configuration starts. */
export const EXPERIMENTS_AT_START = Symbol('experiments at start');

/** Experiments known at a time, and ended runs kept of each. */
const MAX_EXPERIMENTS = 50;
const MAX_HISTORY = 20;

interface Known {
  readonly experiment: Experiment;
  readonly setBy: string;
  run: ExperimentRun | undefined;
  cancelStart: CancelTimer | undefined;
  startsAt: string | undefined;
  readonly history: RunRecord[];
}

/** An experiment with what it does and what became of its runs, newest last. */
export interface ExperimentStatus {
  readonly experiment: Experiment;
  readonly setBy: string;
  readonly state: 'waiting' | 'running' | 'ended';
  readonly startsAt?: string | undefined;
  readonly round?: number | undefined;
  readonly stage?: string | undefined;
  /** The run in progress, else the last one. */
  readonly run?: RunRecord | undefined;
  readonly history: readonly RunRecord[];
}

/** Starts, watches and ends experiments of this process; several run side by side, each with rules of its own. */
@Injectable()
export class Experiments implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly rules: FaultRules,
    private readonly registry: FaultRegistry,
    private readonly metrics: ExchangeMetrics,
    private readonly outgoing: OutgoingHttp,
    private readonly clock: Clock,
    private readonly journal: Journal,
    @Inject(EXPERIMENTS_AT_START) private readonly atStart: readonly Experiment[],
  ) {}

  /** Starts what the configuration names. @throws SettingsError naming experiment, stage and rule */
  async onApplicationBootstrap(): Promise<void> {
    for (const experiment of this.atStart) {
      try {
        await this.start(experiment, 'start');
      } catch (failure) {
        throw new SettingsError(`experiment ${experiment.id}: ${(failure as Error).message}`);
      }
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.clear();
  }

  list(): readonly ExperimentStatus[] {
    return [...this.known.values()].map(statusOf);
  }

  find(id: string): ExperimentStatus | undefined {
    const known = this.known.get(id);
    return known === undefined ? undefined : statusOf(known);
  }

  /** Sets an experiment and starts it when its time comes; one of the same id is stopped first. @throws FaultRuleError before anything is changed */
  async start(experiment: Experiment, setBy: string): Promise<ExperimentStatus> {
    this.check(experiment);
    const earlier = this.known.get(experiment.id);
    if (earlier === undefined && this.known.size >= MAX_EXPERIMENTS) {
      throw new FaultRuleError(`experiments: at most ${MAX_EXPERIMENTS} at a time`);
    }
    await this.stop(experiment.id);
    const history = earlier?.history ?? [];
    const known: Known = { experiment, setBy, run: undefined, cancelStart: undefined, startsAt: undefined, history };
    this.known.set(experiment.id, known);
    this.journal.note('admin.experiments.put', 'changed', { id: experiment.id, setBy });
    this.schedule(known, experiment.startAfterMs ?? (experiment.cron === undefined ? 0 : undefined));
    return statusOf(known);
  }

  /** Ends a run, or the wait for one; the record stays. False when there is no such experiment. */
  async stop(id: string): Promise<boolean> {
    const known = this.known.get(id);
    if (known === undefined) return false;
    known.cancelStart?.();
    known.cancelStart = known.startsAt = undefined;
    await known.run?.end('stopped');
    return true;
  }

  /** Ends and forgets an experiment; what it was, or undefined. */
  async remove(id: string): Promise<ExperimentStatus | undefined> {
    if (!(await this.stop(id))) return undefined;
    const last = this.find(id);
    this.known.delete(id);
    this.journal.note('admin.experiments.remove', 'changed', { id });
    return last;
  }

  /** Ends and forgets all. */
  async clear(): Promise<void> {
    for (const id of [...this.known.keys()]) await this.stop(id);
    this.known.clear();
  }

  private schedule(known: Known, delayMs = this.untilCron(known.experiment)): void {
    if (delayMs === undefined) return;
    if (delayMs === 0) return this.run(known);
    known.startsAt = new Date(this.clock.nowMs() + delayMs).toISOString();
    known.cancelStart = this.clock.after(delayMs, () => this.run(known));
  }

  private untilCron({ cron }: Experiment): number | undefined {
    const nowMs = this.clock.nowMs();
    const nextMs = cron === undefined ? undefined : nextRunMs(cron, nowMs);
    return nextMs === undefined ? undefined : Math.max(1, nextMs - nowMs);
  }

  private run(known: Known): void {
    known.cancelStart = known.startsAt = undefined;
    const { rules, metrics, outgoing, clock } = this;
    const onEnd = (record: RunRecord) => this.ended(known, record);
    known.run = new ExperimentRun(known.experiment, { rules, metrics, outgoing, clock, onEnd });
  }

  private ended(known: Known, record: RunRecord): void {
    known.run = undefined;
    known.history.push(record);
    if (known.history.length > MAX_HISTORY) known.history.shift();
    const { id } = known.experiment;
    this.journal.note('admin.experiments.ended', record.verdict ?? 'stopped', { id, last: record.timeline.at(-1) });
    const goesOn = record.verdict !== 'stopped' && known.experiment.cron !== undefined;
    if (goesOn && this.known.get(id) === known) this.schedule(known);
  }

  /** Everything a stage will need is checked now, not when its turn comes. */
  private check(experiment: Experiment): void {
    experiment.stages.forEach((stage, at) => {
      if (stage.preset !== undefined && this.rules.preset(stage.preset) === undefined) {
        const known = this.rules.presets.map(({ name }) => name).join(', ');
        throw new FaultRuleError(`stages.${at}.preset: unknown "${stage.preset}", known are ${known || 'none'}`);
      }
      const rules = stageRules(experiment.id, stage, this.rules);
      for (const rule of rules) {
        const id = faultRuleSchema.shape.id.safeParse(rule.id);
        if (!id.success) throw new FaultRuleError(`stages.${at}: rule id ${rule.id}: ${problemLine(id.error)}`);
      }
      try {
        this.registry.checkedAll(rules);
      } catch (failure) {
        throw new FaultRuleError(`stages.${at}.${(failure as Error).message}`);
      }
    });
  }
}

function statusOf({ experiment, setBy, run, startsAt, history }: Known): ExperimentStatus {
  const state = run !== undefined ? 'running' : startsAt !== undefined ? 'waiting' : 'ended';
  const record = run?.record ?? history.at(-1);
  return { experiment, setBy, state, startsAt, round: run?.round, stage: run?.stage, run: record, history };
}
