import type { HrlinkProfile } from '@poligon/hrlink-api';
import { loadProfile, ProfileError } from '@poligon/hrlink-api';
import { Population } from '@poligon/people';
import { plannedByStage, plannedTotal } from './engine/arrivals.js';
import type { Phase, PlanStep } from './engine/timeline.js';
import { layOut } from './engine/timeline.js';
import type { FeederSettings } from './feeders/feeders.schema.js';
import type { Feeds } from './feeders/read-feeds.js';
import { checkFeeds, readFeeds } from './feeders/read-feeds.js';
import { readSigners, signersFileOf } from './feeders/signers-file.js';
import { loadProfileSchema } from './profiles/load-profile.schema.js';
import type { LoadProfile } from './profiles/load-profile.schema.js';
import { OPERATION_IDS } from './profiles/operations.js';
import type { Plan } from './profiles/plan.schema.js';
import { planSchema } from './profiles/plan.schema.js';
import { ConfigError, readYamlFile } from './profiles/read-yaml-file.js';
import type { BelowTarget } from './profiles/reliability-level.js';
import { reliabilityLevel } from './profiles/reliability-level.js';
import { scalePlan } from './profiles/time-scale.js';
import type { PlannedOperation, PlannedRun } from './run-folder/run-files.js';
import { forecastSearch } from './search/search-course.js';

const MANAGERS = 1000;
/** Operations an employee with a certificate does. */
const SIGNED = ['application-unep', 'sign-unep'] as const;
/** The system under test cannot issue certificates faster for long, so runs that start later never meet earlier ones. */
const FRESH_PER_SECOND = 4;

/** A run whose configuration has been read, checked and laid out in time. */
export interface ResolvedRun extends PlannedRun {
  profileText: string;
  hrlinkProfile: HrlinkProfile;
  population: Population;
  /** Data of files. */
  feeds: Feeds;
  /** All phases that may come: those of the plan, or the longest way of a search. */
  forecast: Phase[];
}

export interface RunSource {
  plan: string;
  profile?: string;
  hrlinkProfile?: string;
  seed?: string;
  /** Shortens all ramps and holds: 1/60 turns an hour into a minute. */
  timeScale?: number;
  /** Maximum found, per cent of the profile, and the choice when it is below the target: for `reliability` plans. */
  lmaxPercent?: number;
  belowTarget?: BelowTarget;
}

/** Reads plan, profile and path profile. Throws ConfigError with one line naming file, field and rule. */
export function resolveRun(source: RunSource): ResolvedRun {
  const { timeScale = 1 } = source;
  const written = readYamlFile(source.plan, 'plan', planSchema).value;
  const plan = timeScale === 1 ? written : scalePlan(written, timeScale);
  const profileFile = readYamlFile(source.profile ?? plan.profile, 'profile', loadProfileSchema);
  const profile = profileFile.value;
  const seed = source.seed ?? profile.seed;
  const reliability = plan.reliability && reliabilityLevel(plan.reliability, source.lmaxPercent, source.belowTarget);
  const forecast = plan.search ? forecastSearch(plan.search) : layOut(stepsOf(plan, reliability), plan.startPercent);
  const resolved: ResolvedRun = {
    plan,
    profile,
    seed,
    timeScale,
    ...(reliability ? { reliability } : {}),
    phases: plan.search ? [] : forecast,
    operations: operationsOf(profile, forecast),
    profileText: profileFile.text,
    hrlinkProfile: readPathProfile(source.hrlinkProfile),
    population: new Population(),
    feeds: readFeeds(profile, seed),
    forecast,
  };
  recount(resolved);
  checkPeople(resolved, profileFile.source);
  checkFiles(resolved);
  return resolved;
}

/** Steps of a plan that is known ahead; a search has none. */
export function stepsOf(plan: Plan, reliability: PlannedRun['reliability']): PlanStep[] {
  if (plan.reliability && reliability) {
    const { ramp, hold, settle } = plan.reliability;
    const settleMs = Math.min(settle, hold / 2);
    return [{ levelPercent: reliability.levelPercent, rampMs: ramp, holdMs: hold, settleMs }];
  }
  return (plan.steps ?? []).map((step) => ({
    levelPercent: step.level,
    rampMs: step.ramp,
    holdMs: step.hold,
    settleMs: step.settle,
  }));
}

function operationsOf(profile: LoadProfile, forecast: readonly Phase[]): PlannedOperation[] {
  return OPERATION_IDS.flatMap((operation): PlannedOperation[] => {
    const perHour = profile.operations[operation]?.perHour ?? 0;
    if (perHour === 0) return [];
    return [{ operation, perHour, needed: plannedTotal(perHour, forecast), total: 0, byStep: {} }];
  });
}

/** Counts the arrivals of the phases laid out so far anew; after every change of them. */
export function recount(run: PlannedRun): void {
  for (const rate of run.operations) {
    const byStep: PlannedOperation['byStep'] = {};
    for (const phase of run.phases) {
      byStep[phase.step] = { ...byStep[phase.step], ...plannedByStage(run.seed, rate, phase) };
    }
    rate.byStep = byStep;
    rate.total = plannedTotal(rate.perHour, run.phases);
  }
}

/** Arrivals of one operation for which data must be ready: over the whole plan, or the longest way of a search. */
export function neededFor(run: PlannedRun, operation: string): number {
  return run.operations.find((each) => each.operation === operation)?.needed ?? 0;
}

/** Staff place of the first employee that gets a certificate under load. */
export function freshPlace(run: ResolvedRun, nowMs: number): number {
  const { freshFrom } = run.profile.data;
  if (freshFrom !== 'auto') return freshFrom;
  const first = firstFreshPlace(run.profile);
  const room = headcount(run) - first - neededFor(run, 'issue-unep');
  return first + (Math.floor((nowMs / 1000) * FRESH_PER_SECOND) % Math.max(room, 1));
}

function checkPeople(run: ResolvedRun, source: string): void {
  const { data } = run.profile;
  const { organisations } = run.population.options;
  if (data.organisation + data.organisations > organisations) {
    const last = organisations - data.organisations;
    throw new ConfigError(`${source}: data.organisation: must be from 0 to ${last}`);
  }
  const freshFrom = data.freshFrom === 'auto' ? firstFreshPlace(run.profile) : data.freshFrom;
  const last = Math.max(data.signersFrom + data.signers, freshFrom + neededFor(run, 'issue-unep'));
  if (last > headcount(run)) {
    throw new ConfigError(`${source}: data: ${last} employees needed, the organisation has ${headcount(run)}`);
  }
}

function checkFiles(run: ResolvedRun): void {
  const { profile, feeds } = run;
  checkFeeds(feeds, (operation) => neededFor(run, operation), profile.data.lnaRecipients);
  const table = signersFileOf(profile.data);
  if (table) checkSigners(run, table);
  else if (feeds.legalEntities) {
    throw new ConfigError('data.feeders.legalEntities: needs signers of a file, synthetic ones have their own');
  }
}

function checkSigners(run: ResolvedRun, { file, strategy }: NonNullable<FeederSettings['signers']>): void {
  const signers = readSigners(run.profile.data, run.population);
  const [first] = signers;
  const needsPlace = (run.profile.operations['issue-unep']?.perHour ?? 0) > 0 && !run.feeds.legalEntities;
  if (needsPlace && !(first?.departmentId && first.positionId)) {
    throw new ConfigError(`${file}: departmentId, positionId: needed for issue-unep`);
  }
  const most = Math.max(...SIGNED.map((operation) => neededFor(run, operation)));
  if (strategy === 'unique' && most > signers.length) {
    throw new ConfigError(`data.feeders.signers: the plan needs ${most} unique rows, there are ${signers.length}`);
  }
}

function firstFreshPlace(profile: LoadProfile): number {
  return Math.max(MANAGERS, profile.data.signersFrom + profile.data.signers);
}

function headcount(run: ResolvedRun): number {
  return run.population.headcountOf(run.profile.data.organisation);
}

function readPathProfile(file: string | undefined): HrlinkProfile {
  try {
    return loadProfile(file);
  } catch (error) {
    if (error instanceof ProfileError) throw new ConfigError(error.message, { cause: error });
    throw error;
  }
}
