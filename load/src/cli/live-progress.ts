import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { PLAIN } from './table-style.js';
import type { Language, LiveRow, ProgressEvent } from '../run-options.js';
import type { ProgressView } from './plain-progress.js';
import type { LoadEvent } from './progress-line.js';
import { loadLine, prepareLine, wrappedTitle } from './progress-line.js';

interface Column {
  title: Record<Language, string>;
  /** Left out where the terminal is narrow. */
  isWide?: boolean;
  value: (row: LiveRow) => number | undefined;
}

const COLUMNS: readonly Column[] = [
  { title: { ru: 'Цель, оп/ч', en: 'Target, op/h' }, value: ({ targetPerHour }) => targetPerHour },
  { title: { ru: 'Факт, оп/ч', en: 'Actual, op/h' }, value: ({ actualPerHour }) => actualPerHour },
  { title: { ru: 'План', en: 'Planned' }, isWide: true, value: ({ planned }) => planned },
  { title: { ru: 'Успешных', en: 'Succeeded' }, value: ({ succeeded }) => succeeded },
  { title: { ru: 'Ошибок', en: 'Failed' }, value: ({ failed }) => failed },
  { title: { ru: 'p50, мс', en: 'p50, ms' }, isWide: true, value: ({ p50Ms }) => p50Ms },
  { title: { ru: 'p95, мс', en: 'p95, ms' }, value: ({ p95Ms }) => p95Ms },
  { title: { ru: 'p99, мс', en: 'p99, ms' }, isWide: true, value: ({ p99Ms }) => p99Ms },
];
const OPERATION = { ru: 'Операция', en: 'Operation' };
const WIDE_COLUMNS = 130;
const TITLE_WIDTH = { wide: 44, narrow: 24 };

/** Progress for a terminal: a bar while data is prepared, then a table redrawn in place every second. */
export class LiveProgress implements ProgressView {
  private bar: SingleBar | undefined;
  private drawnLines = 0;

  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly language: Language,
  ) {}

  show(event: ProgressEvent): void {
    if (event.kind === 'created') this.out.write(`${event.folder}\n`);
    else if (event.kind === 'metrics') this.out.write(`${event.url}\n`);
    else if (event.kind === 'prepare') this.showPrepare(event);
    else this.showLoad(event);
  }

  close(): void {
    this.bar?.stop();
    this.bar = undefined;
    this.drawnLines = 0;
  }

  private showPrepare(event: Extract<ProgressEvent, { kind: 'prepare' }>): void {
    if (!this.bar) {
      this.bar = new SingleBar({ format: ' {bar} {line}', stream: this.out, hideCursor: true, clearOnComplete: false });
      this.bar.start(event.total, event.done, { line: prepareLine(event, this.language) });
    }
    this.bar.setTotal(event.total);
    this.bar.update(event.done, { line: prepareLine(event, this.language) });
    if (event.done < event.total) return;
    this.bar.stop();
    this.bar = undefined;
  }

  private showLoad(event: LoadEvent): void {
    const { language } = this;
    const width = this.out.columns > 0 ? this.out.columns : WIDE_COLUMNS;
    const columns = COLUMNS.filter(({ isWide }) => !isWide || width >= WIDE_COLUMNS);
    const titleWidth = width >= WIDE_COLUMNS ? TITLE_WIDTH.wide : TITLE_WIDTH.narrow;
    const table = new Table({
      style: PLAIN,
      head: [OPERATION[language], ...columns.map(({ title }) => title[language])],
      colAligns: ['left', ...columns.map(() => 'right' as const)],
    });
    for (const row of event.rows) {
      const figures = columns.map(({ value }) => Math.round(value(row) ?? NaN));
      const cells = figures.map((figure) => (Number.isNaN(figure) ? '' : figure));
      table.push([wrappedTitle(row.operation, language, titleWidth), ...cells]);
    }
    const lines = [loadLine(event, language), ...table.toString().split('\n')];
    if (this.drawnLines > 0) this.out.write(`\u001b[${this.drawnLines}A\u001b[0J`);
    this.out.write(`${lines.join('\n')}\n`);
    // A line that does not fit takes several rows of the terminal.
    this.drawnLines = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0);
  }
}
