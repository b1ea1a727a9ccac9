import type { Analysis, HoldWaits, StatementGrowth } from '../../analysis/analysis.js';
import type { Block, PaperBars } from '../block.js';
import { heading, row } from '../block.js';
import { simpleTable } from '../plain-table.js';
import type { RunView } from './paper-view.js';

const MAX_STATEMENTS = 20;
const MAX_QUERY = 300;
const MEGABYTE = 1_048_576;
const WAITS = ['CPU', 'IO', 'Lock', 'LWLock', 'Client', 'IPC'] as const;
const COLOURS = { CPU: '2E8B57', IO: '2F6FB3', Lock: 'C62828', LWLock: 'D9822B', Client: '7A8793', IPC: '8E5BA6' };

/** «База данных»: statements by growth, waits, blocking sessions, growth of tables. */
export function databaseBlocks(run: RunView, analysis: Analysis, level: 2 | 3): Block[] {
  const blocks = [
    ...statementsTable(run, analysis),
    ...waitsTable(run, analysis),
    ...blockersTable(run, analysis),
    ...tablesTable(run, analysis),
  ];
  return blocks.length > 0 ? [heading(level, run.words.sections.database), ...blocks] : [];
}

function statementsTable({ words, numbers }: RunView, { statements, focus }: Analysis): Block[] {
  if (statements.length === 0) return [];
  const rows = statements.slice(0, MAX_STATEMENTS).flatMap((statement) => {
    const hold = statement.holds.find(({ step }) => step === focus?.step) ?? statement.holds.at(-1);
    if (!hold) return [];
    return [
      row(
        [{ text: shortened(statement.query), isCode: true }],
        numbers.integer(hold.calls),
        numbers.integer(hold.totalMs),
        numbers.decimal(hold.meanMs),
        growth(statement, numbers.decimal),
        numbers.decimal(hold.rowsPerCall),
        `${numbers.decimal(hold.tempBlocksPerCall)} / ${numbers.integer(hold.walBytesPerCall)}`,
      ),
    ];
  });
  return [simpleTable(words.captions.statements, words.columns.statements, [4.2, 0.9, 1, 0.9, 1.5, 0.9, 1], rows)];
}

function growth({ meanGrowth, holds }: StatementGrowth, shown: (value: number) => string): string {
  const means = holds.map(({ meanMs }) => shown(meanMs)).join(' → ');
  return meanGrowth === undefined ? means : `${means} (×${shown(meanGrowth)})`;
}

function waitsTable({ words, numbers }: RunView, { waits }: Analysis): Block[] {
  if (waits.length === 0) return [];
  const rows = waits.map((hold) =>
    row(
      numbers.integer(hold.levelPercent),
      ...WAITS.map((name) => numbers.decimal(hold.byClass[name] ?? 0)),
      numbers.integer(hold.maxSessions),
      hold.topEvents
        .slice(0, 3)
        .map(({ waitClass, event, sessions }) => `${waitClass}/${event} ${numbers.decimal(sessions)}`)
        .join('; '),
    ),
  );
  return [
    simpleTable(words.captions.waits, words.columns.waits, [0.9, 0.7, 0.7, 0.7, 0.9, 0.8, 0.7, 1, 3.4], rows),
    waitsChart(words.captions.waitsChart, waits, numbers.integer),
  ];
}

function waitsChart(caption: string, waits: readonly HoldWaits[], shown: (value: number) => string): PaperBars {
  const used = WAITS.filter((name) => waits.some((hold) => (hold.byClass[name] ?? 0) > 0));
  const names = used.length > 0 ? used : [...WAITS];
  return {
    kind: 'bars',
    caption,
    yTitle: '',
    categories: waits.map(({ levelPercent }) => `${shown(levelPercent)} %`),
    series: names.map((name) => ({
      name,
      colour: COLOURS[name],
      values: waits.map((hold) => Number((hold.byClass[name] ?? 0).toFixed(3))),
    })),
  };
}

function blockersTable({ words, numbers, texts }: RunView, { blockers }: Analysis): Block[] {
  if (blockers.length === 0) return [];
  const rows = blockers
    .slice(0, MAX_STATEMENTS)
    .map((each) =>
      row(
        texts.stepNumber(each.step),
        [{ text: shortened(each.query), isCode: true }],
        [{ text: shortened(each.waitingQuery), isCode: true }],
        [each.lockType, each.relation ?? ''].filter((part) => part !== '').join(' '),
        numbers.decimal(each.waiting),
        numbers.integer(each.maxWaitMs),
      ),
    );
  return [simpleTable(words.captions.blockers, words.columns.blockers, [1.2, 3.2, 3.2, 1.5, 0.9, 1.2], rows)];
}

function tablesTable({ words, numbers }: RunView, { tables }: Analysis): Block[] {
  if (tables.length === 0) return [];
  const megabytes = (bytes: number) => numbers.decimal(bytes / MEGABYTE);
  const rows = tables
    .slice(0, MAX_STATEMENTS)
    .map((each) =>
      row(
        each.table,
        megabytes(each.firstBytes),
        megabytes(each.lastBytes),
        megabytes(each.bytesPerHour),
        numbers.decimal(each.deadShare * 100),
        numbers.integer(each.seqScans),
      ),
    );
  return [simpleTable(words.captions.tables, words.columns.tables, [3, 1.2, 1.2, 1.4, 1.2, 1.2], rows)];
}

function shortened(query: string): string {
  const line = query.replace(/\s+/g, ' ').trim();
  return line.length > MAX_QUERY ? `${line.slice(0, MAX_QUERY)}…` : line;
}
