import { ConfigError } from './read-yaml-file.js';
import type { ReliabilityPlan } from './plan.schema.js';

/** What to do when the maximum is below the target profile (spec 1.3): nobody but the user may decide. */
export type BelowTarget = 'target' | 'share' | 'skip';

/** Which row of the table of spec 1.3 applies. */
export interface ReliabilityLevel {
  lmaxPercent: number;
  levelPercent: number;
  /** `regular`: full share of Lmax. `thin-reserve`: raised to the floor. `below-target`: Lmax is under the floor. */
  kind: 'regular' | 'thin-reserve' | 'below-target';
  choice?: BelowTarget;
}

/** L_rel = max(share·Lmax, floor). Throws ConfigError when Lmax is under the floor and no choice was made. */
export function reliabilityLevel(
  plan: ReliabilityPlan,
  lmaxPercent: number | undefined,
  choice?: BelowTarget,
): ReliabilityLevel {
  if (lmaxPercent === undefined) {
    throw new ConfigError('--lmax: missing, name the maximum found in per cent, or --after with the run that found it');
  }
  const shared = (plan.share * lmaxPercent) / 100;
  if (lmaxPercent >= plan.floor) {
    const kind = shared >= plan.floor ? 'regular' : 'thin-reserve';
    return { lmaxPercent, levelPercent: Math.max(shared, plan.floor), kind };
  }
  if (choice === undefined) {
    const below = `the maximum of ${lmaxPercent} % is below the required ${plan.floor} %`;
    throw new ConfigError(`--below-target: ${below}, choose target, share or skip`);
  }
  const levelPercent = choice === 'target' ? plan.floor : shared;
  return { lmaxPercent, levelPercent, kind: 'below-target', choice };
}
