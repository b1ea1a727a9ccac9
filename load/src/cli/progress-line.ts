import { OPERATION_TITLES } from '../profiles/operations.js';
import type { OperationId } from '../profiles/operations.js';
import { formatDuration } from '../report/section-summary.js';
import type { LiveFigures } from '../live/live-view.js';
import { numbersFor, textsFor } from '../report/texts.js';
import type { Language, ProgressEvent } from '../run-options.js';

export type LoadEvent = Extract<ProgressEvent, { kind: 'load' }>;

const WORDS = {
  ru: {
    ...{ ramp: 'разгон', hold: 'ступень', drain: 'завершение', inFlight: 'в работе', failed: 'ошибок' },
    ...{ done: 'готово', of: 'из', perSecond: 'оп/с', ms: 'мс', lag: 'лаг p99' },
  },
  en: {
    ...{ ramp: 'ramp', hold: 'hold', drain: 'drain', inFlight: 'in flight', failed: 'failed' },
    ...{ done: 'done', of: 'of', perSecond: 'op/s', ms: 'ms', lag: 'lag p99' },
  },
};

/** What `loadLine` and `load status` show of the last second. */
export type Pulse = Omit<LiveFigures, 'operations'> & { cpuPercent: number; inFlight: number };

/** One line about the load: `0:35/1:00 hold 1, 100 % | 4.9 of 5.0 op/s | … | done 103 | failed 0`. */
export function loadLine(event: LoadEvent, language: Language): string {
  const words = WORDS[language];
  const sum = (pick: (row: LoadEvent['rows'][number]) => number) => event.rows.reduce((all, row) => all + pick(row), 0);
  const elapsed = formatDuration(Math.min(event.elapsedMs, event.totalMs));
  return [
    `${elapsed}/${formatDuration(event.totalMs)} ${words[event.phase]} ${event.step}, ${Math.round(event.levelPercent)} %`,
    ...pulseParts(event, language),
    `${words.done} ${sum((row) => row.succeeded)}`,
    `${words.failed} ${sum((row) => row.failed)}`,
  ].join(' | ');
}

/** Rate, what is in flight, the slowest p95 and how the generator is. */
export function pulseParts(pulse: Pulse, language: Language): string[] {
  const words = WORDS[language];
  const { decimal, integer } = numbersFor(language);
  const { targetPerSecond, actualPerSecond, p95Ms, lagP99Ms, inFlight, cpuPercent } = pulse;
  const actual = actualPerSecond === undefined ? '–' : decimal(actualPerSecond);
  return [
    `${actual} ${words.of} ${decimal(targetPerSecond)} ${words.perSecond}`,
    `${words.inFlight} ${inFlight}`,
    ...(p95Ms === undefined ? [] : [`p95 ${integer(p95Ms)} ${words.ms}`]),
    ...(lagP99Ms === undefined ? [] : [`${words.lag} ${integer(lagP99Ms)} ${words.ms}`]),
    `CPU ${Math.round(cpuPercent)} %`,
  ];
}

/** One line about the preparation: `Сотрудники 12/24`. */
export function prepareLine(event: Extract<ProgressEvent, { kind: 'prepare' }>, language: Language): string {
  return `${textsFor(language).prepareSteps[event.name]} ${event.done}/${event.total}`;
}

/** Operation's title in lines no longer than `width`, broken between words: nothing of it is lost. */
export function wrappedTitle(operation: string, language: Language, width: number): string {
  const lines: string[] = [];
  for (const word of titleOf(operation, language).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

/** Operation's title as the customer words it. */
export function titleOf(operation: string, language: Language): string {
  return OPERATION_TITLES[operation as OperationId]?.[language] ?? operation;
}
