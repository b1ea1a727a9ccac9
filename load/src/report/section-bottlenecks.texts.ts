import type { Finding } from '../analysis/finding.js';
import type { Language } from '../run-options.js';

interface Violation {
  at: string;
  level: string;
  operation: string;
  value: string;
  limit: string;
  window: string;
}

interface Words {
  heading: string;
  none: string;
  note: string;
  courseHeading: string;
  evidence: string;
  counter: string;
  recommendations: string;
  layers: Record<Finding['layer'], string>;
  confidence: Record<Finding['confidence'], string>;
  /** `seen` is the part seen at work, where it is less than the whole. */
  share(percent: string, seen?: string): string;
  allUsable: string;
  unusable(steps: string): string;
  noViolation: string;
  firstViolation: Record<'sla' | 'errors', (seen: Violation) => string>;
  elasticity(range: string, value: string, isSaturated: boolean): string;
  kneeByThroughput: string;
  kneeByLatency: string;
  focus(step: number, level: string, baseline: number | undefined): string;
  tables: Record<
    | 'external'
    | 'statements'
    | 'waits'
    | 'blockers'
    | 'tables'
    | 'metrics'
    | 'correlations'
    | 'drift'
    | 'events'
    | 'observers',
    { heading: string; columns: string[] }
  >;
  correlationNote: string;
  observerStates: Record<'ok' | 'partly' | 'failed' | 'off', string>;
}

const RU: Words = {
  heading: 'Узкие места',
  none: 'Находок нет.',
  note: 'Находки упорядочены по доле операций в работе, которую объясняет причина: то, что видно прямо, и её часть необъяснённого остатка по силе свидетельств.',
  courseHeading: 'Ход локализации',
  evidence: 'Свидетельства',
  counter: 'Что говорит против',
  recommendations: 'Рекомендации',
  layers: {
    generator: 'генератор',
    application: 'приложение',
    database: 'база данных',
    neighbour: 'внешняя система',
    host: 'сервер',
  },
  confidence: { high: 'уверенность высокая', medium: 'уверенность средняя', low: 'уверенность низкая' },
  share: (percent, seen) =>
    seen === undefined
      ? `доля времени операций ${percent} %`
      : `вклад ${percent} % времени операций: прямо видно ${seen} %, остальное – его часть времени, которое ничем не объяснено`,
  allUsable: 'Годность: все ступени пригодны для выводов.',
  unusable: (steps) => `Годность: по ступеням ${steps} выводов делать нельзя, генератор не справлялся.`,
  noViolation: 'Первое нарушение: критерии не нарушались ни в одном окне.',
  firstViolation: {
    sla: (v) =>
      `Первое нарушение: ${v.at}, ${v.level} % профиля, «${v.operation}»: перцентиль ${v.value} мс при SLA ${v.limit} мс (окно ${v.window} с)`,
    errors: (v) =>
      `Первое нарушение: ${v.at}, ${v.level} % профиля, «${v.operation}»: ошибок ${v.value} % при допустимых ${v.limit} % (окно ${v.window} с)`,
  },
  elasticity: (range, value, isSaturated) =>
    `Эластичность ΔX/ΔL ${range}: ${value}${isSaturated ? ', насыщение (меньше 0,5)' : ''}`,
  kneeByThroughput: 'Kneedle по пропускной способности',
  kneeByLatency: 'Kneedle по времени отклика',
  focus: (step, level, baseline) =>
    `Разобрана ступень ${step} (${level} %)${baseline === undefined ? '' : `, сравнение со ступенью ${baseline}`}`,
  tables: {
    external: {
      heading: 'Доля внешних вызовов',
      columns: [
        'Система',
        'Ступень',
        'Операция',
        'Вызовов/с',
        'Среднее, мс',
        'Внесено, мс',
        'В работе',
        'Доля, %',
        'Отказов, %',
      ],
    },
    statements: {
      heading: 'Запросы БД',
      columns: [
        'Запрос',
        'Δcalls',
        'Δtotal, мс',
        'mean, мс',
        'рост mean',
        'строк/вызов',
        'блоков/вызов',
        'temp/WAL на вызов',
      ],
    },
    waits: {
      heading: 'Ожидания сессий БД (средние активные сессии)',
      columns: [
        'Ступень',
        'CPU',
        'IO',
        'Lock',
        'LWLock',
        'Client',
        'IPC',
        'idle in transaction',
        'Сессий, макс.',
        'Без свободных, %',
        'Чаще всего',
      ],
    },
    blockers: {
      heading: 'Блокировки',
      columns: ['Ступень', 'Кто блокирует', 'Кто ждёт', 'Объект', 'Ждут, среднее', 'Ожидание до, мс', 'Глубина'],
    },
    tables: {
      heading: 'Рост таблиц',
      columns: [
        'Таблица',
        'Было, МиБ',
        'Стало, МиБ',
        'МиБ/час',
        'Мёртвых строк, %',
        'Полных чтений',
        'Строк за чтение',
        'По индексу',
      ],
    },
    metrics: { heading: 'Метрики по ступеням', columns: ['Метрика', 'Предел', 'По ступеням: среднее (максимум)'] },
    correlations: {
      heading: 'Корреляции по ступеням',
      columns: ['Метрика', 'С чем', 'ρ Спирмена', 'n', 'Растёт быстрее нагрузки'],
    },
    drift: {
      heading: 'Дрейф на длинной полке',
      columns: ['Показатель', 'Ступень', 'Наклон в час', '95 %', 'За полку, %', 'Первый час', 'Последний час', 'n'],
    },
    events: { heading: 'События во время нагрузки', columns: ['Время', 'Где', 'Что'] },
    observers: { heading: 'Наблюдение', columns: ['Источник', 'Состояние', 'Отсчётов', 'Замечание'] },
  },
  correlationNote: 'Ступеней мало, поэтому даны коэффициент и n без p-значений; корреляция не означает причину.',
  observerStates: { ok: 'работало', partly: 'с перебоями', failed: 'не работало', off: 'выключено' },
};

const EN: Words = {
  heading: 'Bottlenecks',
  none: 'No findings.',
  note: 'Findings are ranked by the share of the operations in flight their cause accounts for: what is seen directly, and its part of the unexplained rest by strength of evidence.',
  courseHeading: 'How it was located',
  evidence: 'Evidence',
  counter: 'What speaks against it',
  recommendations: 'Recommendations',
  layers: {
    generator: 'generator',
    application: 'application',
    database: 'database',
    neighbour: 'outer system',
    host: 'host',
  },
  confidence: { high: 'high confidence', medium: 'medium confidence', low: 'low confidence' },
  share: (percent, seen) =>
    seen === undefined
      ? `${percent} % of the operations’ time`
      : `${percent} % of the operations’ time: ${seen} % is seen at work, the rest is its part of the time nothing explains`,
  allUsable: 'Fitness: conclusions may be drawn from every step.',
  unusable: (steps) => `Fitness: nothing may be concluded from steps ${steps}, the generator was not fit.`,
  noViolation: 'First violation: no criterion was broken in any window.',
  firstViolation: {
    sla: (v) =>
      `First violation: ${v.at}, ${v.level} % of the profile, “${v.operation}”: percentile ${v.value} ms, SLA ${v.limit} ms (window ${v.window} s)`,
    errors: (v) =>
      `First violation: ${v.at}, ${v.level} % of the profile, “${v.operation}”: errors ${v.value} %, limit ${v.limit} % (window ${v.window} s)`,
  },
  elasticity: (range, value, isSaturated) =>
    `Elasticity ΔX/ΔL ${range}: ${value}${isSaturated ? ', saturated (below 0.5)' : ''}`,
  kneeByThroughput: 'Kneedle by throughput',
  kneeByLatency: 'Kneedle by response time',
  focus: (step, level, baseline) =>
    `Step examined: ${step} (${level} %)${baseline === undefined ? '' : `, compared with step ${baseline}`}`,
  tables: {
    external: {
      heading: 'Share of outer calls',
      columns: [
        'System',
        'Step',
        'Operation',
        'Calls/s',
        'Mean, ms',
        'Injected, ms',
        'In progress',
        'Share, %',
        'Refused, %',
      ],
    },
    statements: {
      heading: 'Database statements',
      columns: [
        'Statement',
        'Δcalls',
        'Δtotal, ms',
        'mean, ms',
        'growth of mean',
        'rows/call',
        'blocks/call',
        'temp/WAL per call',
      ],
    },
    waits: {
      heading: 'Waits of database sessions (average active sessions)',
      columns: [
        'Step',
        'CPU',
        'IO',
        'Lock',
        'LWLock',
        'Client',
        'IPC',
        'idle in transaction',
        'Sessions, max.',
        'None idle, %',
        'Mostly',
      ],
    },
    blockers: {
      heading: 'Locks',
      columns: ['Step', 'Who blocks', 'Who waits', 'Object', 'Waiting, mean', 'Wait up to, ms', 'Depth'],
    },
    tables: {
      heading: 'Growth of tables',
      columns: [
        'Table',
        'Before, MiB',
        'After, MiB',
        'MiB/hour',
        'Dead rows, %',
        'Full scans',
        'Rows per scan',
        'By index',
      ],
    },
    metrics: { heading: 'Metrics by step', columns: ['Metric', 'Limit', 'By step: mean (maximum)'] },
    correlations: {
      heading: 'Correlations over the steps',
      columns: ['Metric', 'With', 'Spearman’s ρ', 'n', 'Grows faster than the load'],
    },
    drift: {
      heading: 'Drift over a long hold',
      columns: ['Figure', 'Step', 'Slope per hour', '95 %', 'Over the hold, %', 'First hour', 'Last hour', 'n'],
    },
    events: { heading: 'Events during the load', columns: ['Time', 'Where', 'What'] },
    observers: { heading: 'Observation', columns: ['Source', 'State', 'Readings', 'Remark'] },
  },
  correlationNote:
    'Steps are few, so the coefficient stands with its n and without a p-value; correlation is not cause.',
  observerStates: { ok: 'worked', partly: 'with gaps', failed: 'failed', off: 'off' },
};

/** Words of the section on bottlenecks. */
export const WORDS: Record<Language, Words> = { ru: RU, en: EN };
