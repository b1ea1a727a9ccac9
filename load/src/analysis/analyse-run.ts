import type { RunFiles } from '../run-folder/run-files.js';
import type { SearchOutcome } from '../search/max-search.js';
import { pointsOf } from '../search/points.js';
import { demandsOf } from '../verdict/observe-run.js';
import type { Analysis } from './analysis.js';
import { annotationsOf } from './annotations.js';
import { correlationsOf } from './correlations.js';
import { driftOf } from './drift.js';
import { externalShares, tracedShares } from './external-share.js';
import type { Finding } from './finding.js';
import { driftFindings } from './findings/drift.finding.js';
import type { Facts } from './findings/facts.js';
import { rankFindings } from './findings/rank-findings.js';
import { Recommendations } from './findings/recommendations.js';
import { unfitGenerator } from './findings/unfit-generator.finding.js';
import { firstViolation } from './first-violation.js';
import { blockersOf, holdWaits, statementSessions } from './hold-waits.js';
import { focusOf, validityOf } from './holds.js';
import { judgedPeriods, metricsByHold } from './metric-holds.js';
import type { ObservedRun } from './observed-run.js';
import type { SampleWindows } from './sample-windows.js';
import { saturationOf } from './saturation.js';
import { statementGrowth } from './statement-growth.js';
import { tableGrowth } from './table-growth.js';

/** What an analysis is made of. */
export interface AnalysedRun {
  planned: RunFiles['plan.json'];
  holds: RunFiles['observations.json'];
  verdict: RunFiles['verdict.json'];
  search: RunFiles['search.json'] | undefined;
  stops: RunFiles['stops.json'];
  startAt: number;
  windows: SampleWindows;
  observed: ObservedRun;
  /** Where the time of operations went, when the run collected traces. */
  traces: RunFiles['traces.json'] | undefined;
  /** The engineer's own recommendations.yaml. */
  recommendations: string | undefined;
}

/** Finds the bottleneck step by step (spec 6); the same run gives the same analysis. Throws ConfigError on bad recommendations. */
export function analyseRun(run: AnalysedRun): Analysis {
  const recommendations = new Recommendations(run.recommendations);
  const facts = factsOf(run);
  const drifting = driftFindings(facts.drift, recommendations);
  const unfit = unfitGenerator(facts.validity, recommendations);
  const ranked = [...rankedFindings(run, facts, recommendations), ...drifting].sort((a, b) => b.score - a.score);
  return { ...facts, findings: facts.focus ? [...ranked, ...unfit] : unfit };
}

function rankedFindings(
  run: AnalysedRun,
  analysis: Omit<Analysis, 'findings'>,
  recommendations: Recommendations,
): Finding[] {
  const { focus } = analysis;
  const hold = run.holds.find(({ step }) => step === focus?.step);
  if (!focus || !hold) return [];
  const baseline = run.holds.find(({ step }) => step === focus.baselineStep);
  const facts: Facts = {
    focus,
    hold,
    ...(baseline ? { baseline } : {}),
    isViolated: analysis.validity.some(({ step, word }) => step === focus.step && word === 'failure'),
    analysis,
    statementSessions: statementSessions(run.observed.sessions, focus.step),
  };
  return rankFindings(facts, recommendations);
}

function factsOf(run: AnalysedRun): Omit<Analysis, 'findings'> {
  const { planned, holds, verdict, observed, windows, startAt } = run;
  const demands = demandsOf(planned);
  const validity = validityOf(holds, verdict);
  const focus = focusOf(holds, validity, verdict);
  const usable = holds.filter(({ step }) => validity.some((each) => each.step === step && each.isUsable));
  const metrics = metricsByHold(observed.metrics, judgedPeriods(planned.phases, holds, startAt));
  const waits = holdWaits(observed.sessions, holds);
  const watched = new Set(observed.services.map(({ system }) => system));
  const external = [...externalShares(observed.services, holds), ...tracedShares(run.traces, holds, watched)];
  const violation = firstViolation(windows, planned, { demands, verdict, startAt });
  return {
    version: 1,
    validity,
    ...(violation ? { firstViolation: violation } : {}),
    points: pointsOf(usable, run.search ?? searchLike(verdict), demands),
    saturation: saturationOf(usable, focus?.operations ?? []),
    ...(focus ? { focus } : {}),
    external,
    statements: statementGrowth(observed.statements, focus),
    waits,
    blockers: blockersOf(observed.locks, observed.sessions),
    tables: tableGrowth(observed.tables),
    metrics,
    correlations: correlationsOf({ holds: usable, metrics, waits, external, focus }),
    drift: driftOf({ holds: usable, windows, observed, startAt, timeScale: planned.timeScale }),
    annotations: annotationsOf(observed, { holds, verdicts: verdict.holds, stops: run.stops }),
    observers: observed.reports,
  };
}

/** A plan of fixed steps has the same points as a search that went through them. */
function searchLike(verdict: RunFiles['verdict.json']): SearchOutcome {
  const steps = verdict.holds.map(({ step, levelPercent, word }) => ({
    step,
    levelPercent,
    word,
    purpose: 'search' as const,
  }));
  return { result: 'unfinished', isConfirmed: false, isDisputed: false, steps };
}
