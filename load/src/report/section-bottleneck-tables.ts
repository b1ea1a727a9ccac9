import type { Analysis } from '../analysis/analysis.js';
import { metricName } from '../analysis/metric-names.js';
import type { Markup, TableCell, TableRow } from './markup.js';
import { html, table } from './markup.js';
import type { ReportView } from './report-view.js';
import { WORDS } from './section-bottlenecks.texts.js';

const SHOWN = 15;
const MIB = 1_048_576;
type Build = (view: ReportView, analysis: Analysis) => TableRow[];
type TableName = keyof (typeof WORDS)['ru']['tables'];

const text = (value: string): TableCell => ({ text: value });
const code = (value: string): TableCell => ({ text: value, kind: 'code' });
const number = (value: string, isBad = false): TableCell => ({ text: value, kind: 'number', isBad });
const row = (...cells: TableCell[]): TableRow => ({ cells });

const BUILD: Record<TableName, Build> = {
  external: ({ numbers }, { external }) =>
    external
      .filter(({ concurrency, operation }) => operation === '*' || concurrency >= 0.05)
      .sort((a, b) => a.system.localeCompare(b.system) || a.step - b.step || b.concurrency - a.concurrency)
      .slice(0, SHOWN * 3)
      .map((each) =>
        row(
          text(each.system),
          number(String(each.step)),
          code(each.of === undefined ? each.operation : `→ ${each.of}`),
          number(numbers.decimal(each.callsPerSecond)),
          number(numbers.integer(each.meanMs)),
          number(numbers.integer(each.injectedMs)),
          number(numbers.decimal(each.concurrency)),
          number(numbers.integer(each.share * 100)),
          number(numbers.decimal(each.refusedShare * 100), each.refusedShare >= 0.02),
        ),
      ),
  statements: ({ numbers }, { statements, focus }) =>
    statements.slice(0, SHOWN).flatMap((each) => {
      const here = each.holds.find(({ step }) => step === focus?.step) ?? each.holds.at(-1);
      if (!here) return [];
      return [
        row(
          code(each.query.slice(0, 300)),
          number(numbers.integer(here.calls)),
          number(numbers.integer(here.totalMs)),
          number(numbers.decimal(here.meanMs)),
          number(
            each.meanGrowth === undefined ? '–' : `×${numbers.decimal(each.meanGrowth)}`,
            (each.meanGrowth ?? 1) >= 1.5,
          ),
          number(numbers.decimal(here.rowsPerCall)),
          number(numbers.integer(here.blocksPerCall)),
          number(`${numbers.integer(here.tempBlocksPerCall)} / ${numbers.integer(here.walBytesPerCall)}`),
        ),
      ];
    }),
  waits: ({ numbers }, { waits }) =>
    waits.map((each) => {
      const classes = (['CPU', 'IO', 'Lock', 'LWLock', 'Client', 'IPC'] as const).map((name) =>
        number(numbers.decimal(each.byClass[name] ?? 0)),
      );
      const busy = number(numbers.integer(each.busyShare * 100), each.busyShare >= 0.9);
      const events = each.topEvents.slice(0, 3).map(({ waitClass, event }) => `${waitClass}:${event}`);
      const step = number(`${each.step} (${numbers.integer(each.levelPercent)} %)`);
      return row(
        step,
        ...classes,
        number(numbers.decimal(each.idleInTransaction)),
        number(numbers.integer(each.maxSessions)),
        busy,
        code(events.join(', ')),
      );
    }),
  blockers: ({ numbers }, { blockers }) =>
    blockers
      .slice(0, SHOWN)
      .map((each) =>
        row(
          number(String(each.step)),
          code(each.query.slice(0, 200)),
          code(each.waitingQuery.slice(0, 200)),
          text(each.relation ?? each.lockType),
          number(numbers.decimal(each.waiting)),
          number(numbers.integer(each.maxWaitMs)),
          number(String(each.depth)),
        ),
      ),
  tables: ({ numbers }, { tables }) =>
    tables
      .slice(0, SHOWN)
      .map((each) =>
        row(
          code(each.table),
          number(numbers.decimal(each.firstBytes / MIB)),
          number(numbers.decimal(each.lastBytes / MIB)),
          number(numbers.decimal(each.bytesPerHour / MIB)),
          number(numbers.decimal(each.deadShare * 100)),
          number(numbers.integer(each.seqScans)),
          number(numbers.integer(each.seqRows / Math.max(each.seqScans, 1))),
          number(numbers.integer(each.indexScans)),
        ),
      ),
  metrics: ({ numbers, texts }, { metrics }) =>
    metrics.slice(0, SHOWN * 2).map(({ name, unit, limit, holds }) => {
      const values = holds.map(({ step, mean, max }) => `${step}: ${numbers.decimal(mean)} (${numbers.decimal(max)})`);
      const isBad = limit !== undefined && holds.some(({ mean }) => mean >= limit);
      return row(
        text([metricName(name)[texts.language], unit].filter((part) => part !== '').join(', ')),
        number(limit === undefined ? '–' : numbers.decimal(limit)),
        { text: values.join('; '), isBad },
      );
    }),
  correlations: (view, { correlations }) =>
    correlations.slice(0, SHOWN).map(({ metric, with: against, operation, rho, n, growsFasterThanLoad }) => {
      const target = against === 'p95' ? `p95: ${view.title(operation ?? '')}` : 'X';
      const rank = number(view.numbers.decimal(rho));
      return row(
        text(metricName(metric)[view.texts.language]),
        text(target),
        rank,
        number(String(n)),
        text(growsFasterThanLoad ? '✓' : ''),
      );
    }),
  drift: (view, { drift }) =>
    drift.slice(0, SHOWN * 2).map((each) => {
      const { decimal, integer } = view.numbers;
      const metric = metricName(each.metric)[view.texts.language];
      const name = each.operation === undefined ? metric : `${metric}: ${view.title(each.operation)}`;
      return row(
        text(each.unit === '' ? name : `${name}, ${each.unit}`),
        number(String(each.step)),
        number(decimal(each.slopePerHour), each.isDrifting && each.slopePerHour > 0),
        number(`${decimal(each.low)} … ${decimal(each.high)}`),
        number(integer(each.relative * 100)),
        number(decimal(each.firstHour)),
        number(decimal(each.lastHour)),
        number(String(each.n)),
      );
    }),
  events: ({ numbers }, { annotations }) =>
    annotations
      .slice(0, SHOWN * 2)
      .map(({ at, service, text: what }) => row(text(numbers.clock(at)), text(service), code(what))),
  observers: ({ texts, numbers }, { observers }) =>
    observers.map(({ name, state, readings, error, note }) =>
      row(
        text(name),
        { text: WORDS[texts.language].observerStates[state], isBad: state === 'failed' },
        number(numbers.integer(readings)),
        text([error, note?.[texts.language]].filter((part) => part !== undefined).join('; ')),
      ),
    ),
};

/** What the findings were found in; tables without rows are left out. */
export function bottleneckTables(view: ReportView, analysis: Analysis): Markup[] {
  const words = WORDS[view.texts.language];
  return (Object.keys(BUILD) as TableName[]).flatMap((name) => {
    const rows = BUILD[name](view, analysis);
    if (rows.length === 0) return [];
    const { heading, columns } = words.tables[name];
    const note = name === 'correlations' ? html`<p class="note">${words.correlationNote}</p>` : undefined;
    return [
      html`<h3>${heading}</h3>
        ${table(columns, rows)}${note}`,
    ];
  });
}
