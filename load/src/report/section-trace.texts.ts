import type { Language } from '../run-options.js';
import type { PartKind } from '../tracing/part.js';

/** Words of the section on traces. */
export interface TraceWords {
  readonly heading: string;
  readonly notCollected: (reason: string) => string;
  readonly nothing: string;
  readonly complete: (complete: string, total: string, percent: string) => string;
  readonly sums: (percent: string) => string;
  readonly skew: (ms: string) => string;
  readonly stitched: (matched: string, unknown: string, groups: string) => string;
  readonly lost: (spans: string) => string;
  readonly parts: Readonly<Record<PartKind, string>>;
  readonly injectedInto: (system: string) => string;
  readonly barsHeading: string;
  readonly barsNote: string;
  readonly bar: (step: number, count: string, meanMs: string) => string;
  readonly partColumns: readonly string[];
  readonly slowest: string;
  readonly edgesHeading: string;
  readonly edgeColumns: readonly string[];
  readonly faultsHeading: string;
  readonly faultColumns: readonly string[];
  readonly keptHeading: string;
  readonly why: Readonly<Record<'slowest' | 'failed', string>>;
  readonly moreSpans: (count: number) => string;
  readonly waterfallNote: string;
  readonly byTrace: string;
  readonly bySubject: Readonly<Record<'sole' | 'likely', string>>;
}

const RU: TraceWords = {
  heading: 'Трассировка: куда ушло время',
  notCollected: (reason) => `Трассы не собирались: ${reason}.`,
  nothing: 'Трасс операций нет: ни одна операция не записывалась.',
  complete: (complete, total, percent) =>
    `Полных связных трасс: ${complete} из ${total} (${percent} %): у каждого вызова есть спан принявшей стороны, ни один спан не потерял родителя.`,
  sums: (percent) => `Сумма частей критического пути отличается от длительности операции не более чем на ${percent} %.`,
  skew: (ms) => `Наибольшая поправка часов между процессами: ${ms} мс.`,
  stitched: (matched, unknown, groups) =>
    `Без контекста трассы пришло групп спанов: ${groups}; отнесено к операциям по сотруднику: ${matched}, не отнесено: ${unknown}.`,
  lost: (spans) => `Не разобрано спанов (опоздали, отклонены или не поместились): ${spans}.`,
  parts: {
    hrlink: 'HRLink',
    database: 'база данных HRLink',
    external: 'внешние системы',
    injected: 'внесённые задержки',
    wait: 'очереди, сеть, ожидание результата',
    otp: 'ожидание SMS с кодом',
    client: 'сотрудник и генератор',
  },
  injectedInto: (system) => `внесено: ${system}`,
  barsHeading: 'Критический путь операций',
  barsNote:
    'Каждый момент операции отнесён к тому одному, чего она в этот момент ждала. Работа, идущая, пока генератор ждёт результата или SMS, считается тем, чего он ждёт. Части складываются в среднюю длительность от начала выполнения.',
  bar: (step, count, meanMs) => `ступень ${step} · операций ${count} · среднее ${meanMs} мс`,
  partColumns: ['Операция', 'Ступень', 'Часть', 'Среднее, мс', 'Доля, %', 'У самых долгих, мс'],
  slowest: 'самые долгие',
  edgesHeading: 'Вызовы между системами',
  edgeColumns: [
    'Откуда',
    'Куда',
    'Вызов',
    'Число',
    'Ошибок',
    'Среднее, мс',
    'p50, мс',
    'p95, мс',
    'Макс., мс',
    'Между, мс',
    'Внесено, мс',
  ],
  faultsHeading: 'Сработавшие правила сбоев в сохранённых трассах',
  faultColumns: ['Правило', 'Система', 'Операция эмулятора', 'Спанов', 'Добавлено, мс', 'Трассы'],
  keptHeading: 'Самые долгие и неуспешные операции',
  why: { slowest: 'одна из самых долгих', failed: 'неуспешная' },
  moreSpans: (count) => `ещё спанов: ${count}`,
  waterfallNote: 'Жирным выделен критический путь. Знак ⚑ отмечает спан, на котором сработало правило сбоя.',
  byTrace: 'по контексту трассы',
  bySubject: { sole: 'по сотруднику', likely: 'по сотруднику, вероятно' },
};

const EN: TraceWords = {
  heading: 'Tracing: where the time went',
  notCollected: (reason) => `Traces were not collected: ${reason}.`,
  nothing: 'There are no traces: no operation was recorded.',
  complete: (complete, total, percent) =>
    `Complete connected traces: ${complete} of ${total} (${percent} %): every call has its answerer's span, no span has lost its parent.`,
  sums: (percent) => `The parts of the critical path add up to the operation's duration within ${percent} %.`,
  skew: (ms) => `Largest correction of clocks between processes: ${ms} ms.`,
  stitched: (matched, unknown, groups) =>
    `Groups of spans that came without a trace context: ${groups}; given to operations by the employee: ${matched}, left unknown: ${unknown}.`,
  lost: (spans) => `Spans not worked out (late, refused or too many): ${spans}.`,
  parts: {
    hrlink: 'HRLink',
    database: 'database of HRLink',
    external: 'outer systems',
    injected: 'injected delays',
    wait: 'queues, network, waiting for results',
    otp: 'waiting for the SMS code',
    client: 'employee and generator',
  },
  injectedInto: (system) => `injected: ${system}`,
  barsHeading: 'Critical path of operations',
  barsNote:
    'Every moment of an operation belongs to the one thing it was waiting for then. Work that goes on while the generator waits for a result or a message counts as what it waits for. The parts add up to the mean duration from the actual start.',
  bar: (step, count, meanMs) => `step ${step} · ${count} operations · mean ${meanMs} ms`,
  partColumns: ['Operation', 'Step', 'Part', 'Mean, ms', 'Share, %', 'Of the slowest, ms'],
  slowest: 'slowest',
  edgesHeading: 'Calls between systems',
  edgeColumns: [
    'From',
    'To',
    'Call',
    'Count',
    'Errors',
    'Mean, ms',
    'p50, ms',
    'p95, ms',
    'Max, ms',
    'Between, ms',
    'Injected, ms',
  ],
  faultsHeading: 'Fault rules that acted in the kept traces',
  faultColumns: ['Rule', 'System', 'Operation of the emulator', 'Spans', 'Added, ms', 'Traces'],
  keptHeading: 'Slowest and failed operations',
  why: { slowest: 'one of the slowest', failed: 'failed' },
  moreSpans: (count) => `${count} more spans`,
  waterfallNote: 'The critical path is drawn bold. ⚑ marks a span in which a fault rule acted.',
  byTrace: 'by trace context',
  bySubject: { sole: 'by employee', likely: 'by employee, likely' },
};

export const TRACE_WORDS: Readonly<Record<Language, TraceWords>> = { ru: RU, en: EN };
