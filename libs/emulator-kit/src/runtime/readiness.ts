import { Injectable } from '@nestjs/common';

/** Whether the emulator may be sent traffic. Checks are added by parts that need another system. */
@Injectable()
export class Readiness {
  private isOpen = false;
  private readonly checks = new Map<string, () => boolean>();

  /** Both doors listen. */
  open(): void {
    this.isOpen = true;
  }

  /** The process is stopping: no new traffic, please. */
  close(): void {
    this.isOpen = false;
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
