import type { ComparedMetric, DifferenceWord, MetricName } from './comparison.js';
import { CONFIDENCE_PERCENT, RELEVANT_PERCENT, RELEVANT_POINTS } from './compare-operation.js';

const MORE_IS_BETTER: readonly MetricName[] = ['accuracyPercent'];
const SHARES: readonly MetricName[] = ['errorPercent', 'accuracyPercent'];

/**
 * Corrects the probabilities for the number of figures compared (Holm, step down) and gives every figure its word.
 * Hundreds of figures compared at 5 % each would "find" a dozen differences between two identical releases.
 */
export function giveWords(metrics: readonly ComparedMetric[]): number {
  const tested = metrics.filter(({ pValue }) => pValue !== undefined);
  const byP = [...tested].sort((a, b) => (a.pValue as number) - (b.pValue as number));
  let floor = 0;
  byP.forEach((metric, index) => {
    floor = Math.max(floor, Math.min(1, (metric.pValue as number) * (byP.length - index)));
    metric.adjustedP = floor;
    metric.word = wordOf(metric);
  });
  return tested.length;
}

function wordOf({ metric, delta = 0, deltaPercent, adjustedP = 1 }: ComparedMetric): DifferenceWord {
  if (adjustedP >= 1 - CONFIDENCE_PERCENT / 100) return 'same';
  const isRelevant = SHARES.includes(metric)
    ? Math.abs(delta) >= RELEVANT_POINTS
    : Math.abs(deltaPercent ?? 0) >= RELEVANT_PERCENT;
  if (!isRelevant) return 'same';
  return delta > 0 === MORE_IS_BETTER.includes(metric) ? 'better' : 'worse';
}
