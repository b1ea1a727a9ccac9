import type { OperationId } from '../profiles/operations.js';
import type { VerdictWord } from '../verdict/verdict.js';

/** What a difference amounts to. `insufficient`: too little data to tell; `same`: not significant, or too small to matter. */
export type DifferenceWord = 'better' | 'worse' | 'same' | 'insufficient';

/** Latencies are milliseconds from the planned instant, of successful operations; shares are per cent. */
export type MetricName = 'meanMs' | 'p50Ms' | 'p90Ms' | 'p95Ms' | 'p99Ms' | 'errorPercent' | 'accuracyPercent';

/** One figure of one operation at one level, in both runs. */
export interface ComparedMetric {
  metric: MetricName;
  /** Value over the whole judged part of the hold; absent without data. */
  baseline?: number;
  candidate?: number;
  /** `candidate - baseline`, in the metric's unit, with its 95 % confidence interval. */
  delta?: number;
  lower?: number;
  upper?: number;
  /** Delta by the baseline; absent when the baseline is 0. */
  deltaPercent?: number;
  /** Probability of such a difference by chance, alone and corrected for the number of figures compared (Holm). */
  pValue?: number;
  adjustedP?: number;
  word: DifferenceWord;
}

/** One operation at one level. */
export interface ComparedOperation {
  operation: OperationId;
  /** Operations that ended in the judged parts, and time blocks the spread was estimated from. */
  baselineCount: number;
  candidateCount: number;
  baselineBlocks: number;
  candidateBlocks: number;
  metrics: ComparedMetric[];
}

/** Holds of the two runs at the same level of the profile. */
export interface ComparedHold {
  levelPercent: number;
  baselineStep: number;
  candidateStep: number;
  baselineWord: VerdictWord;
  candidateWord: VerdictWord;
  operations: ComparedOperation[];
}

/** A run as the comparison shows it. */
export interface ComparedRun {
  id: string;
  folder: string;
  target: string;
  plan: string;
  profile: string;
  seed: string;
  timeScale: number;
  /** Epoch milliseconds. */
  createdAt: number;
  word: VerdictWord;
  exitCode: number;
  /** Maximum found and the step it was found by, per cent of the profile; only of searches. */
  lmaxPercent?: number;
  stepPercent?: number;
  isLmaxConfirmed?: boolean;
}

/** Why the two runs are not quite comparable. */
export interface Caveat {
  code:
    | 'profile'
    | 'plan'
    | 'time-scale'
    | 'generator'
    | 'sla'
    | 'unfit-hold'
    | 'only-in-baseline'
    | 'only-in-candidate'
    | 'no-common-level';
  /** Values of both runs, or levels concerned. */
  baseline?: string;
  candidate?: string;
}

/** Difference of the maxima: within one step of the search it is no difference. */
export interface ComparedMaximum {
  baselinePercent?: number;
  candidatePercent?: number;
  deltaPercent?: number;
  stepPercent: number;
  word: DifferenceWord;
}

/** Two runs side by side, the candidate against the baseline: what `load compare --json` prints. */
export interface RunComparison {
  schemaVersion: 1;
  baseline: ComparedRun;
  candidate: ComparedRun;
  caveats: Caveat[];
  maximum?: ComparedMaximum;
  holds: ComparedHold[];
  /** How the words came about. */
  method: {
    confidencePercent: number;
    /** Relative change of a latency below this is `same` however certain it is; shares use percentage points. */
    relevantPercent: number;
    relevantPoints: number;
    /** Figures the Holm correction was made for. */
    compared: number;
    resamples: number;
  };
  /** `mixed` when something is better and something worse. */
  word: DifferenceWord | 'mixed';
}
