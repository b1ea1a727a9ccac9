import type { OperationId } from '../profiles/operations.js';
import type { RunFolder } from '../run-folder/run-folder.js';
import type { ComparedHold, ComparedMaximum, ComparedRun, DifferenceWord, RunComparison } from './comparison.js';
import { caveatsOf } from './caveats.js';
import {
  compareOperation,
  CONFIDENCE_PERCENT,
  RELEVANT_PERCENT,
  RELEVANT_POINTS,
  RESAMPLES,
} from './compare-operation.js';
import { readBlocks } from './read-blocks.js';
import type { HoldBlocks } from './read-blocks.js';
import { byLevel, readSide, wordOf } from './run-side.js';
import type { RunSide } from './run-side.js';
import { giveWords } from './significance.js';

/**
 * Compares two finished runs, the candidate against the baseline, at every level both have held; a function of the two
 * run folders alone. Throws ConfigError when a folder holds no finished run.
 */
export async function compareRuns(baselineFolder: RunFolder, candidateFolder: RunFolder): Promise<RunComparison> {
  const [baseline, candidate] = [readSide(baselineFolder), readSide(candidateFolder)];
  const blocks = [
    await readBlocks(baseline.folder, baseline.holds),
    await readBlocks(candidate.folder, candidate.holds),
  ] as const;
  const holds = commonHolds(baseline, candidate, blocks);
  const metrics = holds.flatMap((hold) => hold.operations.flatMap((each) => each.metrics));
  const compared = giveWords(metrics);
  const maximum = compareMaximum(baseline, candidate);
  return {
    schemaVersion: 1,
    baseline: describe(baseline),
    candidate: describe(candidate),
    caveats: caveatsOf(baseline, candidate),
    ...(maximum ? { maximum } : {}),
    holds,
    method: {
      confidencePercent: CONFIDENCE_PERCENT,
      relevantPercent: RELEVANT_PERCENT,
      relevantPoints: RELEVANT_POINTS,
      compared,
      resamples: RESAMPLES,
    },
    word: overall([...metrics.map(({ word }) => word), ...(maximum ? [maximum.word] : [])]),
  };
}

function commonHolds(baseline: RunSide, candidate: RunSide, blocks: readonly [HoldBlocks, HoldBlocks]): ComparedHold[] {
  return byLevel(baseline.holds).flatMap(([levelPercent, before]) => {
    const after = byLevel(candidate.holds).find(([level]) => level === levelPercent)?.[1];
    if (!after) return [];
    const operations = before.operations.map(({ operation }) => operation as OperationId);
    return [
      {
        levelPercent,
        baselineStep: before.step,
        candidateStep: after.step,
        baselineWord: wordOf(baseline, before),
        candidateWord: wordOf(candidate, after),
        operations: operations.map((operation) =>
          compareOperation(
            operation,
            blocks[0].get(before.step)?.get(operation) ?? [],
            blocks[1].get(after.step)?.get(operation) ?? [],
          ),
        ),
      },
    ];
  });
}

function describe({ folder, record, planned, verdict, search }: RunSide): ComparedRun {
  const { plan, profile, seed, timeScale } = planned;
  return {
    id: record.id,
    folder: folder.path,
    target: record.target,
    plan: plan.name,
    profile: profile.name,
    seed,
    timeScale,
    createdAt: record.createdAt,
    word: verdict.word,
    exitCode: verdict.exitCode,
    ...(search?.lmaxPercent === undefined
      ? {}
      : { lmaxPercent: search.lmaxPercent, stepPercent: plan.search?.step, isLmaxConfirmed: search.isConfirmed }),
  };
}

function compareMaximum(baseline: RunSide, candidate: RunSide): ComparedMaximum | undefined {
  if (!baseline.search || !candidate.search) return undefined;
  const [baselinePercent, candidatePercent] = [baseline.search.lmaxPercent, candidate.search.lmaxPercent];
  const stepPercent = Math.max(stepOf(baseline), stepOf(candidate));
  if (baselinePercent === undefined || candidatePercent === undefined) {
    return { baselinePercent, candidatePercent, stepPercent, word: 'insufficient' };
  }
  const deltaPercent = candidatePercent - baselinePercent;
  // The search resolves no less than its step.
  const changed = deltaPercent > 0 ? 'better' : 'worse';
  const word = Math.abs(deltaPercent) > stepPercent ? changed : 'same';
  return { baselinePercent, candidatePercent, deltaPercent, stepPercent, word };
}

function stepOf({ planned }: RunSide): number {
  return planned.plan.search?.step ?? 0;
}

function overall(words: readonly DifferenceWord[]): RunComparison['word'] {
  const isBetter = words.includes('better');
  const isWorse = words.includes('worse');
  if (isBetter && isWorse) return 'mixed';
  if (isBetter || isWorse) return isBetter ? 'better' : 'worse';
  return words.includes('same') ? 'same' : 'insufficient';
}
