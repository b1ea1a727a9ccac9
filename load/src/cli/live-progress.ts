import { SingleBar } from 'cli-progress';
import Table from 'cli-table3';
import { PLAIN } from './table-style.js';
import type { Language, ProgressEvent } from '../run-options.js';
import type { ProgressView } from './plain-progress.js';
import type { LoadEvent } from './progress-line.js';
import { loadLine, prepareLine, wrappedTitle } from './progress-line.js';

const HEADS = {
  ru: ['Операция', 'План', 'Успешных', 'Неуспешных', 'p95, мс'],
  en: ['Operation', 'Planned', 'Succeeded', 'Failed', 'p95, ms'],
};
const TITLE_WIDTH = 44;

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
    const table = new Table({
      style: PLAIN,
      head: HEADS[this.language],
      colAligns: ['left', 'right', 'right', 'right', 'right'],
    });
    for (const row of event.rows) {
      const title = wrappedTitle(row.operation, this.language, TITLE_WIDTH);
      const p95 = row.p95Ms === undefined ? '' : Math.round(row.p95Ms);
      table.push([title, row.planned, row.succeeded, row.failed, p95]);
    }
    const text = `${loadLine(event, this.language)}\n${table.toString()}\n`;
    if (this.drawnLines > 0) this.out.write(`\u001b[${this.drawnLines}A\u001b[0J`);
    this.out.write(text);
    this.drawnLines = text.split('\n').length - 1;
  }
}
