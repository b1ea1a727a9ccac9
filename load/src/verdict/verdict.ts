/** Verdict of a hold and of a run; the words shown are in the report's dictionary. */
export type VerdictWord = 'success' | 'risks' | 'failure' | 'insufficient';

/** Why a verdict is what it is. Numbers are kept apart from words so that a report can be in any language. */
export interface Reason {
  code:
    | 'lag'
    | 'cpu'
    | 'dropped'
    | 'little'
    | 'launched'
    | 'saturated'
    | 'accuracy'
    | 'errors'
    | 'sla'
    | 'stall'
    | 'no-data'
    | 'no-hold'
    | 'prepare'
    | 'interrupted'
    | 'signatures'
    | 'stopped'
    | 'external'
    | 'lmax'
    | 'lmax-at-least'
    | 'lmax-none'
    | 'lmax-unknown'
    | 'lmax-unconfirmed'
    | 'lmax-disputed'
    | 'lmax-below';
  operation?: string;
  value?: number;
  limit?: number;
  /** Percentile for `sla`, free text for `prepare`. */
  detail?: string;
}

/** One check of the generator's own health (spec 6.1). */
export interface FitnessCheck {
  code: 'lag' | 'cpu' | 'dropped' | 'little' | 'launched';
  value: number;
  limit: number;
  passed: boolean;
  /** False when there is too little data for the check to mean anything. */
  applied: boolean;
}

export interface HoldVerdict {
  step: number;
  levelPercent: number;
  word: VerdictWord;
  reasons: Reason[];
  fitness: FitnessCheck[];
}

export interface RunVerdict {
  word: VerdictWord;
  reasons: Reason[];
  holds: HoldVerdict[];
  exitCode: number;
}

/** The demands of the profile a verdict is measured against. */
export interface Demands {
  errorLimitPercent: number;
  accuracyLimitPercent: number;
  sla: Record<string, { percentile: number; limitMs: number }>;
}
