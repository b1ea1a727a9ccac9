import type { Sample } from '../engine/sample.js';
import type { Phase } from '../engine/timeline.js';
import type { StopAction, StopRule } from './parse-rule.js';
import { SlidingWindow } from './sliding-window.js';
import { breaks } from './criteria.js';

/** A rule that fired; one line of stops.json. */
export interface Stop {
  rule: string;
  kind: StopRule['kind'];
  action: StopAction;
  /** Epoch milliseconds. */
  at: number;
  step: number;
  /** What was measured, in the unit of the rule's limit. */
  value: number;
}

/** Where the run is. */
export interface Moment {
  now: number;
  startAt: number;
  phase?: Phase;
  cpuPercent: number;
}

interface Watched {
  rule: StopRule;
  window: SlidingWindow;
  cpu: number[];
  /** What the external metric of the rule was, the worst value of each reading. */
  readings: { at: number; value: number }[];
  /** Since when the rule has been able to see the phase it is about. */
  since?: number;
  step?: number;
  hasFired: boolean;
}

/** Watches all rules of a plan: samples go in as they come, `check` is called once a second. */
export class StopWatch {
  private readonly watched: Watched[];

  constructor(rules: readonly StopRule[]) {
    this.watched = rules.map((rule) => ({
      rule,
      window: new SlidingWindow(rule.windowMs),
      cpu: [],
      readings: [],
      hasFired: false,
    }));
  }

  add(sample: Sample, now: number): void {
    for (const { rule, window } of this.watched) {
      if (rule.operation === undefined || rule.operation === sample.operation) window.add(sample, now);
    }
  }

  /** Takes a reading of an external metric; of several values the one that breaks a rule first counts. */
  addExternal(name: string, at: number, values: readonly number[]): void {
    for (const { rule, readings } of this.watched) {
      if (rule.kind !== 'ext' || rule.metric !== name || values.length === 0) continue;
      const isUpper = rule.comparison.startsWith('>');
      readings.push({ at, value: isUpper ? Math.max(...values) : Math.min(...values) });
    }
  }

  /** Rules that have fired since the last check; each fires once a step. */
  check(moment: Moment): Stop[] {
    return this.watched.flatMap((watched) => {
      const stop = this.examine(watched, moment);
      return stop ? [stop] : [];
    });
  }

  private examine(watched: Watched, moment: Moment): Stop | undefined {
    const { rule } = watched;
    const value = rule.kind === 'limit' ? this.overLimit(watched, moment) : this.measure(watched, moment);
    if (value === undefined) return undefined;
    watched.hasFired = true;
    const { text, kind, action } = rule;
    return { rule: text, kind, action, at: moment.now, step: moment.phase?.step ?? 0, value };
  }

  private overLimit({ rule, hasFired }: Watched, { now, startAt }: Moment): number | undefined {
    return !hasFired && now - startAt >= rule.windowMs ? now - startAt : undefined;
  }

  private measure(watched: Watched, moment: Moment): number | undefined {
    const { rule } = watched;
    const { now, phase, cpuPercent } = moment;
    if (!isAbout(rule, moment)) {
      watched.since = undefined;
      return undefined;
    }
    if (watched.since === undefined || watched.step !== phase?.step) this.begin(watched, moment);
    watched.cpu.push(cpuPercent);
    watched.cpu.splice(0, watched.cpu.length - Math.ceil(rule.windowMs / 1000));
    if (watched.hasFired || now - (watched.since ?? now) < rule.windowMs) return undefined;
    watched.readings = watched.readings.filter(({ at }) => at >= now - rule.windowMs);
    const values = watched.readings.map(({ value }) => value);
    return breaks(rule, watched.window.recent(now), { cpu: watched.cpu, values });
  }

  private begin(watched: Watched, { now, phase }: Moment): void {
    watched.since = now;
    watched.step = phase?.step;
    watched.hasFired = false;
    watched.cpu = [];
    watched.readings = [];
    watched.window.clear();
  }
}

/** Whether the rule looks at the current phase; the settle time of a hold is not judged by it either. */
function isAbout(rule: StopRule, { phase, now, startAt }: Moment): boolean {
  if (!phase) return false;
  if (rule.phase === 'ramp') return phase.kind === 'ramp';
  return phase.kind === 'hold' && now - startAt - phase.startMs >= phase.settleMs;
}
