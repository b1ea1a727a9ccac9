import Table from 'cli-table3';
import type { ComparedMetric, DifferenceWord, MetricName, RunComparison } from '../compare/comparison.js';
import { numbersFor } from '../report/texts.js';
import type { Language } from '../run-options.js';
import { titleOf } from './progress-line.js';
import { PLAIN } from './table-style.js';

const METRICS: Record<Language, Record<MetricName, string>> = {
  ru: {
    meanMs: 'среднее, мс',
    p50Ms: 'p50, мс',
    p90Ms: 'p90, мс',
    p95Ms: 'p95, мс',
    p99Ms: 'p99, мс',
    errorPercent: 'ошибок, %',
    accuracyPercent: 'точность, %',
  },
  en: {
    meanMs: 'mean, ms',
    p50Ms: 'p50, ms',
    p90Ms: 'p90, ms',
    p95Ms: 'p95, ms',
    p99Ms: 'p99, ms',
    errorPercent: 'errors, %',
    accuracyPercent: 'accuracy, %',
  },
};
const WORDS: Record<Language, Record<DifferenceWord | 'mixed', string>> = {
  ru: {
    better: 'лучше',
    worse: 'хуже',
    same: 'без изменений',
    insufficient: 'недостаточно данных',
    mixed: 'что-то лучше, что-то хуже',
  },
  en: { better: 'better', worse: 'worse', same: 'no change', insufficient: 'too little data', mixed: 'mixed' },
};
const TEXTS = {
  ru: {
    head: ['Показатель', 'Было', 'Стало', 'Изменение, %', '95 % интервал', 'p', 'Вывод'],
    level: 'Уровень',
    maximum: 'Максимум',
    caveat: 'Оговорка',
    overall: 'Итог',
  },
  en: {
    head: ['Figure', 'Before', 'After', 'Change, %', '95 % interval', 'p', 'Conclusion'],
    level: 'Level',
    maximum: 'Maximum',
    caveat: 'Caveat',
    overall: 'Overall',
  },
};
const SMALL_P = 0.001;

/** A comparison for the terminal: caveats first, then a table per level and operation, the conclusion last. */
export function comparisonTable(comparison: RunComparison, language: Language): string {
  const texts = TEXTS[language];
  const { baseline, candidate, maximum, word } = comparison;
  const lines = [`${baseline.id} → ${candidate.id}`];
  for (const { code, baseline: before = '', candidate: after = '' } of comparison.caveats) {
    lines.push(`${texts.caveat}: ${code}: ${before} → ${after}`);
  }
  if (maximum) {
    const { baselinePercent = '–', candidatePercent = '–' } = maximum;
    lines.push(`${texts.maximum}: ${baselinePercent} % → ${candidatePercent} %: ${WORDS[language][maximum.word]}`);
  }
  for (const hold of comparison.holds) {
    for (const { operation, metrics } of hold.operations) {
      const table = new Table({ style: PLAIN, head: texts.head });
      for (const metric of metrics) table.push(rowOf(metric, language));
      lines.push(`${texts.level} ${hold.levelPercent} %, ${titleOf(operation, language)}`, table.toString());
    }
  }
  lines.push(`${texts.overall}: ${WORDS[language][word]}`, '');
  return lines.join('\n');
}

function rowOf(metric: ComparedMetric, language: Language): string[] {
  const { decimal } = numbersFor(language);
  const number = (value: number | undefined) => (value === undefined ? '–' : decimal(value));
  const { baseline, candidate, deltaPercent, lower, upper, adjustedP, word } = metric;
  return [
    METRICS[language][metric.metric],
    number(baseline),
    number(candidate),
    number(deltaPercent),
    lower === undefined ? '–' : `${number(lower)} … ${number(upper)}`,
    probability(adjustedP),
    WORDS[language][word],
  ];
}

function probability(p: number | undefined): string {
  if (p === undefined) return '–';
  return p < SMALL_P ? '< 0.001' : p.toFixed(3);
}
