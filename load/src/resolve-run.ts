import type { HrlinkProfile } from '@poligon/hrlink-api';
import { loadProfile, ProfileError } from '@poligon/hrlink-api';
import { Population } from '@poligon/people';
import { plannedByStage, plannedTotal } from './engine/arrivals.js';
import { layOut } from './engine/timeline.js';
import { loadProfileSchema } from './profiles/load-profile.schema.js';
import type { LoadProfile } from './profiles/load-profile.schema.js';
import { OPERATION_IDS } from './profiles/operations.js';
import { planSchema } from './profiles/plan.schema.js';
import { ConfigError, readYamlFile } from './profiles/read-yaml-file.js';
import type { PlannedOperation, PlannedRun } from './run-folder/run-files.js';

const MANAGERS = 1000;
/** The system under test cannot issue certificates faster for long, so runs that start later never meet earlier ones. */
const FRESH_PER_SECOND = 4;

/** A run whose configuration has been read, checked and laid out in time. */
export interface ResolvedRun extends PlannedRun {
  profileText: string;
  hrlinkProfile: HrlinkProfile;
  population: Population;
}

export interface RunSource {
  plan: string;
  profile?: string;
  hrlinkProfile?: string;
  seed?: string;
}

/** Reads plan, profile and path profile. Throws ConfigError with one line naming file, field and rule. */
export function resolveRun(source: RunSource): ResolvedRun {
  const plan = readYamlFile(source.plan, 'plan', planSchema).value;
  const profileFile = readYamlFile(source.profile ?? plan.profile, 'profile', loadProfileSchema);
  const profile = profileFile.value;
  const seed = source.seed ?? profile.seed;
  const steps = plan.steps.map((step) => ({
    levelPercent: step.level,
    rampMs: step.ramp,
    holdMs: step.hold,
    settleMs: step.settle,
  }));
  const phases = layOut(steps, plan.startPercent);
  const operations = OPERATION_IDS.flatMap((operation): PlannedOperation[] => {
    const perHour = profile.operations[operation]?.perHour ?? 0;
    if (perHour === 0) return [];
    const rate = { operation, perHour };
    const byStep: PlannedOperation['byStep'] = {};
    for (const phase of phases) {
      byStep[phase.step] = { ...byStep[phase.step], ...plannedByStage(seed, rate, phase) };
    }
    return [{ ...rate, total: plannedTotal(perHour, phases), byStep }];
  });
  const population = new Population();
  const resolved: ResolvedRun = {
    plan,
    profile,
    seed,
    phases,
    operations,
    profileText: profileFile.text,
    hrlinkProfile: readPathProfile(source.hrlinkProfile),
    population,
  };
  checkPeople(resolved, profileFile.source);
  return resolved;
}

/** Arrivals of one operation over the whole plan. */
export function neededFor(run: PlannedRun, operation: string): number {
  return run.operations.find((each) => each.operation === operation)?.total ?? 0;
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
