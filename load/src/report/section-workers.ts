import type { FleetEvent, WorkerRecord } from '../distributed/fleet-log.js';
import type { Language } from '../run-options.js';
import type { Markup } from './markup.js';
import { html, table } from './markup.js';
import type { ReportView } from './report-view.js';
import { formatDuration } from './section-summary.js';

const WORDS = {
  ru: {
    title: 'Исполнители нагрузки',
    columns: ['Исполнитель', 'Ядер', 'Сдвиг часов, мс', 'Погрешность, мс', 'Запущено', 'Списано', 'Состояние'],
    well: 'работал до конца',
    lost: 'потерян',
    left: 'ушёл, закончив начатое',
    note: 'Сдвиг часов измерен и исправлен. Операции потерянного исполнителя, о которых он не успел сообщить, списаны как потерянные, каждая ровно один раз; дальше их посылали остальные.',
    kinds: {
      joined: 'присоединился',
      leaving: 'уходит, передаёт нагрузку',
      lost: 'потерян',
      refused: 'отказался',
      rebalanced: 'нагрузка распределена заново',
      'no-worker': 'не осталось исполнителей',
    },
  },
  en: {
    title: 'Load workers',
    columns: ['Worker', 'Cores', 'Clock offset, ms', 'Error bound, ms', 'Launched', 'Written off', 'State'],
    well: 'worked to the end',
    lost: 'lost',
    left: 'left when its operations had ended',
    note: 'Clock offsets were measured and corrected. Operations a lost worker had not reported were written off as lost, each exactly once; the others sent what came after.',
    kinds: {
      joined: 'joined',
      leaving: 'is leaving, hands its load over',
      lost: 'lost',
      refused: 'refused',
      rebalanced: 'load divided anew',
      'no-worker': 'no worker left',
    },
  },
} as const;

/** Who sent the load and what became of them; nothing when one process sent it all. */
export function workersSection(view: ReportView, language: Language): Markup {
  const { workers: record } = view.model;
  if (!record) return html``;
  const words = WORDS[language];
  const startAt = view.model.record.loadStartedAt ?? view.model.record.createdAt;
  const told = record.events.filter(({ kind }) => kind !== 'rebalanced');
  return html`<section>
    <h2>${words.title}</h2>
    ${table(
      words.columns,
      record.workers.map((worker) => ({ cells: cellsOf(worker, view, language) })),
    )}
    <ul>
      ${told.map((event) => html`<li>${lineOf(event, startAt, language)}</li>`)}
    </ul>
    <p class="note">${words.note}</p>
  </section>`;
}

function cellsOf(worker: WorkerRecord, { numbers }: ReportView, language: Language) {
  const words = WORDS[language];
  const number = (text: string) => ({ text, kind: 'number' as const });
  return [
    { text: worker.worker },
    number(numbers.integer(worker.cpus)),
    number(numbers.decimal(worker.clock.offsetMs)),
    number(numbers.decimal(worker.clock.errorMs)),
    number(numbers.integer(worker.launched)),
    { ...number(numbers.integer(worker.writtenOff)), isBad: worker.writtenOff > 0 },
    { text: stateOf(worker, words), isBad: worker.lostAt !== undefined && !hasLeft(worker) },
  ];
}

function stateOf(worker: WorkerRecord, words: (typeof WORDS)[Language]): string {
  if (worker.lostAt === undefined) return words.well;
  return hasLeft(worker) ? words.left : `${words.lost}: ${worker.reason}`;
}

/** It was told to end and did so without loss. */
function hasLeft({ reason, writtenOff }: WorkerRecord): boolean {
  return reason === 'left' && writtenOff === 0;
}

function lineOf({ at, kind, worker, reason, writtenOff }: FleetEvent, startAt: number, language: Language): string {
  const { kinds } = WORDS[language];
  const off = writtenOff === undefined ? '' : ` (${writtenOff})`;
  const before = at < startAt ? '0:00' : formatDuration(at - startAt);
  return `${before} ${worker ?? ''} ${kinds[kind]}${reason === undefined ? '' : `: ${reason}`}${off}`;
}
