import type { HoldValidity } from '../analysis.js';
import type { Finding } from '../finding.js';
import { phrase } from './phrase.js';
import type { Recommendations } from './recommendations.js';

/** Holds from which nothing may be concluded (spec 6.1): a finding about the generator, never about the system. */
export function unfitGenerator(validity: readonly HoldValidity[], recommendations: Recommendations): Finding[] {
  const unfit = validity.filter(({ isUsable, broken }) => !isUsable && broken.length > 0);
  if (unfit.length === 0) return [];
  const isAll = unfit.length === validity.length;
  return [
    {
      kind: 'generator-unfit',
      layer: 'generator',
      subject: 'load',
      operations: [],
      score: isAll ? 1 : 0,
      confidence: 'high',
      title: recommendations.title('generator-unfit', {}),
      evidence: unfit.flatMap(({ step, levelPercent, broken }) =>
        broken.map(({ code, value, limit }) => ({
          metric: code,
          step,
          after: value,
          text: phrase(
            {
              ru: 'ступень {step} ({level} %): {code} = {value}, предел {limit}',
              en: 'step {step} ({level} %): {code} = {value}, limit {limit}',
            },
            { step, level: levelPercent, code, value, limit },
          ),
        })),
      ),
      counterEvidence: [],
      recommendations: recommendations.of('generator-unfit', {}),
    },
  ];
}
