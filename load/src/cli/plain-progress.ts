import type { Language, ProgressEvent } from '../run-options.js';
import { loadLine, prepareLine } from './progress-line.js';

const EVERY_MS = 10_000;

/** Shows a run's progress. */
export interface ProgressView {
  show(event: ProgressEvent): void;
  close(): void;
}

/** Progress for logs: a line per preparation stage and one every ten seconds of load. */
export class PlainProgress implements ProgressView {
  private nextAtMs = 0;

  constructor(
    private readonly out: NodeJS.WritableStream,
    private readonly language: Language,
  ) {}

  show(event: ProgressEvent): void {
    if (event.kind === 'created') this.out.write(`${event.folder}\n`);
    else if (event.kind === 'metrics') this.out.write(`${event.url}\n`);
    else if (event.kind === 'prepare') {
      if (event.done === event.total) this.out.write(`${prepareLine(event, this.language)}\n`);
    } else if (event.elapsedMs >= this.nextAtMs) {
      this.nextAtMs = event.elapsedMs - (event.elapsedMs % EVERY_MS) + EVERY_MS;
      this.out.write(`${loadLine(event, this.language)}\n`);
    }
  }

  close(): void {
    this.nextAtMs = 0;
  }
}
