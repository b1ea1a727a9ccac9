import type { Finding } from '../finding.js';
import { connectionPool } from './connection-pool.suspect.js';
import { databaseLoad } from './database-load.suspect.js';
import type { Facts, FindSuspects, Suspect } from './facts.js';
import { lockContention } from './lock-contention.suspect.js';
import { neighbours } from './neighbour.suspect.js';
import type { Recommendations } from './recommendations.js';
import { memory, processors, queues } from './resources.suspect.js';
import { slowStatement } from './slow-statement.suspect.js';
import { unexplained } from './unexplained.suspect.js';

/** Every rule; a new kind of cause is a file and a row here. */
const RULES: readonly FindSuspects[] = [
  lockContention,
  slowStatement,
  databaseLoad,
  connectionPool,
  neighbours,
  processors,
  memory,
  queues,
  unexplained,
];

const LEAST_SCORE = 0.05;
const CLEAR_SCORE = 0.5;
const CLEAR_LEAD = 2;
const LIKELY_SCORE = 0.25;

/**
 * Ranks the suspects of a hold by the share of the operations in flight each accounts for: what it is seen to hold,
 * plus its part, by strength of evidence, of the operations nothing is seen to hold. The rule is arithmetic, not
 * judgement: every figure behind it is in the evidence.
 */
export function rankFindings(facts: Facts, recommendations: Recommendations): Finding[] {
  const suspects = RULES.flatMap((find) => find(facts));
  const held = suspects.reduce((sum, { direct }) => sum + direct, 0);
  const rest = Math.max(0, facts.focus.inFlight - held);
  const pulls = suspects.reduce((sum, { pull }) => sum + pull, 0);
  const whole = Math.max(held + rest, 1e-9);
  const scored = suspects
    .map((suspect) => {
      const seenShare = suspect.direct / whole;
      const claimed = pulls > 0 ? (rest * suspect.pull) / pulls / whole : 0;
      return { suspect, seenShare, score: seenShare + claimed };
    })
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score);
  return scored.map(({ suspect, score, seenShare }, index) => {
    const next = scored.find((_, other) => other !== index)?.score ?? 0;
    return findingOf(facts, suspect, { score, seenShare, next, recommendations });
  });
}

function findingOf(
  facts: Facts,
  suspect: Suspect,
  rank: { score: number; seenShare: number; next: number; recommendations: Recommendations },
): Finding {
  const { kind, layer, subject, evidence, counterEvidence } = suspect;
  const { score, seenShare, next, recommendations } = rank;
  const values = { subject, ...suspect.values };
  const soft = facts.isViolated ? [] : [NOT_VIOLATED];
  return {
    kind,
    layer,
    subject,
    operations: suspect.operations ?? facts.focus.operations,
    score,
    ...(kind === 'unexplained' ? {} : { seenShare }),
    confidence: facts.isViolated ? confidenceOf(score, next) : 'low',
    title: recommendations.title(kind, values),
    evidence,
    counterEvidence: [...counterEvidence, ...soft],
    recommendations: recommendations.of(kind, values),
  };
}

const NOT_VIOLATED: Finding['counterEvidence'][number] = {
  text: {
    ru: 'ни один критерий не нарушен: это ближайший предел, а не причина отказа',
    en: 'no criterion was broken: this is the nearest limit, not the cause of a failure',
  },
};

function confidenceOf(score: number, next: number): Finding['confidence'] {
  if (score >= CLEAR_SCORE && score >= next * CLEAR_LEAD) return 'high';
  return score >= LIKELY_SCORE ? 'medium' : 'low';
}
