import { Injectable } from '@nestjs/common';
import { setMaxListeners } from 'node:events';

/** Whether the emulator may be sent traffic. Checks are added by parts that need another system. */
@Injectable()
export class Readiness {
  private isOpen = false;
  private readonly checks = new Map<string, () => boolean>();
  private readonly end = new AbortController();

  constructor() {
    // One listener for every call that is held open.
    setMaxListeners(0, this.end.signal);
  }

  /** Aborted when the process begins to stop: calls that are held open for news are to be answered now. */
  get stopping(): AbortSignal {
    return this.end.signal;
  }

  /** Both doors listen. */
  open(): void {
    this.isOpen = true;
  }

  /** The process is stopping: no new traffic, please. */
  close(): void {
    this.isOpen = false;
    this.end.abort();
  }

  /** Adds a named condition that must hold. */
  require(name: string, holds: () => boolean): void {
    this.checks.set(name, holds);
  }

  /** Reasons why the emulator is not ready; empty when it is. */
  problems(): readonly string[] {
    const failing = [...this.checks].filter(([, holds]) => !holds()).map(([name]) => name);
    return this.isOpen ? failing : ['not serving', ...failing];
  }
}
