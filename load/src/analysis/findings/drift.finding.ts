import type { Drift } from '../analysis.js';
import type { Finding } from '../finding.js';
import { metricName } from '../metric-names.js';
import { phrase } from './phrase.js';
import type { Recommendations } from './recommendations.js';

const LATENCY_SCORE = 0.6;
const OTHER_SCORE = 0.35;

/** Trends of a long hold that are surely there; each is a finding of its own (spec 6.8). */
export function driftFindings(drift: readonly Drift[], recommendations: Recommendations): Finding[] {
  return drift
    .filter((each) => each.isDrifting && each.slopePerHour > 0)
    .map((each): Finding => {
      const subject = each.operation === undefined ? each.metric : `${each.metric}: ${each.operation}`;
      const values = {
        subject: metricName(subject),
        slope: each.slopePerHour,
        unit: each.unit,
        relative: Math.round(each.relative * 100),
      };
      return {
        kind: 'drift',
        layer: each.metric.startsWith('table ') || each.metric.startsWith('PostgreSQL') ? 'database' : 'application',
        subject,
        operations: each.operation === undefined ? [] : [each.operation],
        score: each.operation === undefined ? OTHER_SCORE : LATENCY_SCORE,
        confidence: 'medium',
        title: recommendations.title('drift', values),
        evidence: [
          {
            metric: each.metric,
            unit: each.unit,
            step: each.step,
            before: each.firstHour,
            after: each.lastHour,
            n: each.n,
            text: phrase(
              {
                ru: 'Тейл–Сен: {slope} {unit} в час (95 %: {low}…{high}), за полку {relative} %; первый час {first}, последний {last}, точек {n}',
                en: 'Theil–Sen: {slope} {unit} per hour (95 %: {low}…{high}), {relative} % over the hold; first hour {first}, last {last}, {n} points',
              },
              { ...values, low: each.low, high: each.high, first: each.firstHour, last: each.lastHour, n: each.n },
            ),
          },
        ],
        counterEvidence: [],
        recommendations: recommendations.of('drift', values),
      };
    });
}
