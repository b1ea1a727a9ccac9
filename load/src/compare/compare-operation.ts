import { Random } from '../engine/random.js';
import type { OperationId } from '../profiles/operations.js';
import type { ComparedMetric, ComparedOperation, MetricName } from './comparison.js';
import { METRICS, poolMetrics, standardErrors } from './block-metrics.js';
import type { MetricValues } from './block-metrics.js';
import { studentQuantile, twoSided } from './student.js';
import type { BlockTable, TimeBlock } from './time-block.js';
import { tabulate } from './time-block.js';

export const CONFIDENCE_PERCENT = 95;
export const RELEVANT_PERCENT = 5;
export const RELEVANT_POINTS = 0.5;
export const RESAMPLES = 400;
const MIN_BLOCKS = 10;
const MIN_OPERATIONS = 50;
/** A standard error of nothing at all would make every difference certain. */
const SMALLEST_ERROR = 1e-9;

/** Compares one operation at one level; the words are given later, when it is known how many figures are compared. */
export function compareOperation(
  operation: OperationId,
  baseline: readonly TimeBlock[],
  candidate: readonly TimeBlock[],
): ComparedOperation {
  const sides = [side(operation, 'baseline', baseline), side(operation, 'candidate', candidate)] as const;
  const isEnough = sides.every(({ blocks, ended }) => blocks >= MIN_BLOCKS && ended >= MIN_OPERATIONS);
  return {
    operation,
    baselineCount: sides[0].ended,
    candidateCount: sides[1].ended,
    baselineBlocks: sides[0].blocks,
    candidateBlocks: sides[1].blocks,
    metrics: METRICS.map((metric) => compareMetric(metric, sides[0], sides[1], isEnough)),
  };
}

interface Side {
  blocks: number;
  ended: number;
  values: MetricValues;
  errors: MetricValues;
}

function side(operation: string, name: string, all: readonly TimeBlock[]): Side {
  const blocks = all.filter(({ planned }) => planned > 0);
  const table: BlockTable = tabulate(blocks);
  return {
    blocks: blocks.length,
    ended: blocks.reduce((sum, { succeeded, failed }) => sum + succeeded + failed, 0),
    values: poolMetrics(table, new Uint8Array(blocks.length).fill(1)),
    errors: standardErrors(table, RESAMPLES, new Random(`compare|${name}|${operation}`)),
  };
}

function compareMetric(metric: MetricName, baseline: Side, candidate: Side, isEnough: boolean): ComparedMetric {
  const [before, after] = [baseline.values[metric], candidate.values[metric]];
  const known = {
    metric,
    ...(before === undefined ? {} : { baseline: before }),
    ...(after === undefined ? {} : { candidate: after }),
  };
  if (before === undefined || after === undefined) return { ...known, word: 'insufficient' };
  const delta = after - before;
  const change = { delta, ...(before === 0 ? {} : { deltaPercent: (delta / before) * 100 }) };
  if (!isEnough) return { ...known, ...change, word: 'insufficient' };
  const error = Math.max(Math.hypot(baseline.errors[metric] ?? 0, candidate.errors[metric] ?? 0), SMALLEST_ERROR);
  const degrees = baseline.blocks + candidate.blocks - 2;
  const reach = studentQuantile(0.5 + CONFIDENCE_PERCENT / 200, degrees) * error;
  const pValue = twoSided(delta / error, degrees);
  return { ...known, ...change, lower: delta - reach, upper: delta + reach, pValue, word: 'same' };
}
