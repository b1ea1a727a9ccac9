import type { Caveat, ComparedMetric, DifferenceWord, RunComparison } from '../../compare/comparison.js';
import type { Language } from '../../run-options.js';

/** Words of the comparison of two runs. */
export interface ComparisonWords {
  title: string;
  subtitle(baseline: string, candidate: string): string;
  sections: Record<'conclusion' | 'runs' | 'maximum' | 'differences' | 'method', string>;
  columns: Record<'runs' | 'differences', readonly string[]>;
  captions: Record<'runs' | 'caveats', string>;
  level(percent: string, baseline: string, candidate: string): string;
  words: Record<RunComparison['word'], string>;
  differences: Record<DifferenceWord, string>;
  metrics: Record<ComparedMetric['metric'], string>;
  rows: Record<'id' | 'target' | 'plan' | 'profile' | 'seed' | 'scale' | 'date' | 'verdict' | 'lmax', string>;
  caveats: Record<Caveat['code'], string>;
  caveatsTitle: string;
  noCaveats: string;
  maximum(values: Record<'baseline' | 'candidate' | 'step', string>): string;
  changed(metric: string, operation: string, level: string, values: string): string;
  nothing: string;
  method(method: RunComparison['method']): string;
}

const RU: ComparisonWords = {
  title: 'Сравнение двух прогонов',
  subtitle: (baseline, candidate) => `${candidate} относительно ${baseline}`,
  sections: {
    conclusion: 'Вывод',
    runs: 'Прогоны',
    maximum: 'Максимальная производительность',
    differences: 'Различия по ступеням',
    method: 'Как сравнивалось',
  },
  columns: {
    runs: ['', 'Основа', 'Сравниваемый'],
    differences: ['Сценарий', 'Показатель', 'Основа', 'Сравниваемый', 'Разница', 'Интервал 95 %', 'p', 'Вывод'],
  },
  captions: { runs: 'Прогоны', caveats: 'Оговорки' },
  level: (percent, baseline, candidate) => `${percent} % профиля: основа «${baseline}», сравниваемый «${candidate}»`,
  words: {
    better: 'Стало лучше',
    worse: 'Стало хуже',
    same: 'Значимых различий нет',
    insufficient: 'Недостаточно данных',
    mixed: 'Стало лучше в одном и хуже в другом',
  },
  differences: { better: 'лучше', worse: 'хуже', same: 'без изменений', insufficient: 'недостаточно данных' },
  metrics: {
    meanMs: 'среднее, мс',
    p50Ms: 'p50, мс',
    p90Ms: 'p90, мс',
    p95Ms: 'p95, мс',
    p99Ms: 'p99, мс',
    errorPercent: 'ошибки, %',
    accuracyPercent: 'точность, %',
  },
  rows: {
    id: 'Прогон',
    target: 'Система',
    plan: 'План',
    profile: 'Профиль',
    seed: 'Зерно',
    scale: 'Масштаб времени',
    date: 'Дата',
    verdict: 'Вердикт',
    lmax: 'Lmax, % профиля',
  },
  caveats: {
    profile: 'профили разные',
    plan: 'планы разные',
    'time-scale': 'масштаб времени разный',
    generator: 'генераторы нагрузки разные',
    sla: 'SLA разные',
    'unfit-hold': 'ступень недействительна: генератор не справился',
    'only-in-baseline': 'есть только в основе',
    'only-in-candidate': 'есть только в сравниваемом',
    'no-common-level': 'общих уровней нет',
  },
  caveatsTitle: 'Оговорки:',
  noCaveats: 'Прогоны сопоставимы без оговорок.',
  maximum: ({ baseline, candidate, step }) =>
    `Основа: ${baseline} % профиля, сравниваемый: ${candidate} % (шаг поиска ${step} %; различие в пределах шага значимым не считается).`,
  changed: (metric, operation, level, values) => `${operation}, ${level} %: ${metric} ${values}`,
  nothing: 'Значимых различий ни на одной ступени не найдено.',
  method: ({ confidencePercent, relevantPercent, relevantPoints, compared, resamples }) =>
    `Сравнивались полки одного уровня по блокам времени; разброс оценён повторной выборкой (${resamples}), доверие ${confidencePercent} %, поправка Холма на ${compared} показателей. Различие времени отклика меньше ${relevantPercent} % и доли меньше ${relevantPoints} п. п. считается несущественным.`,
};

const EN: ComparisonWords = {
  title: 'Comparison of two runs',
  subtitle: (baseline, candidate) => `${candidate} against ${baseline}`,
  sections: {
    conclusion: 'Conclusion',
    runs: 'Runs',
    maximum: 'Maximum performance',
    differences: 'Differences by step',
    method: 'How they were compared',
  },
  columns: {
    runs: ['', 'Baseline', 'Candidate'],
    differences: ['Scenario', 'Measure', 'Baseline', 'Candidate', 'Difference', '95 % interval', 'p', 'Outcome'],
  },
  captions: { runs: 'Runs', caveats: 'Caveats' },
  level: (percent, baseline, candidate) =>
    `${percent} % of the profile: baseline "${baseline}", candidate "${candidate}"`,
  words: {
    better: 'Better',
    worse: 'Worse',
    same: 'No significant difference',
    insufficient: 'Insufficient data',
    mixed: 'Better in one, worse in another',
  },
  differences: { better: 'better', worse: 'worse', same: 'unchanged', insufficient: 'insufficient data' },
  metrics: {
    meanMs: 'mean, ms',
    p50Ms: 'p50, ms',
    p90Ms: 'p90, ms',
    p95Ms: 'p95, ms',
    p99Ms: 'p99, ms',
    errorPercent: 'errors, %',
    accuracyPercent: 'accuracy, %',
  },
  rows: {
    id: 'Run',
    target: 'System',
    plan: 'Plan',
    profile: 'Profile',
    seed: 'Seed',
    scale: 'Time scale',
    date: 'Date',
    verdict: 'Verdict',
    lmax: 'Lmax, % of profile',
  },
  caveats: {
    profile: 'profiles differ',
    plan: 'plans differ',
    'time-scale': 'time scales differ',
    generator: 'load generators differ',
    sla: 'SLAs differ',
    'unfit-hold': 'a step is invalid: the generator could not keep up',
    'only-in-baseline': 'only in the baseline',
    'only-in-candidate': 'only in the candidate',
    'no-common-level': 'no level in common',
  },
  caveatsTitle: 'Caveats:',
  noCaveats: 'The runs are comparable without caveats.',
  maximum: ({ baseline, candidate, step }) =>
    `Baseline: ${baseline} % of the profile, candidate: ${candidate} % (step of the search ${step} %; within a step there is no difference).`,
  changed: (metric, operation, level, values) => `${operation}, ${level} %: ${metric} ${values}`,
  nothing: 'No significant difference was found on any step.',
  method: ({ confidencePercent, relevantPercent, relevantPoints, compared, resamples }) =>
    `Holds of the same level were compared by blocks of time; the spread comes from resampling (${resamples}), confidence ${confidencePercent} %, Holm correction for ${compared} figures. A latency difference below ${relevantPercent} % and a share difference below ${relevantPoints} points does not matter.`,
};

/** Dictionary of a language. */
export function comparisonWords(language: Language): ComparisonWords {
  return language === 'en' ? EN : RU;
}
