import type { Clock } from '../engine/clock.js';

/** Waits for conditions that only change with news from elsewhere. */
export class Waiting {
  private readonly open = new Set<{ isMet: () => boolean; met: AbortController }>();

  constructor(private readonly clock: Clock) {}

  /** Resolves when the condition holds, when time is up, or when aborted. */
  async until(isMet: () => boolean, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (isMet()) return;
    const wait = { isMet, met: new AbortController() };
    this.open.add(wait);
    await this.clock.sleep(timeoutMs, AbortSignal.any([signal, wait.met.signal]));
    this.open.delete(wait);
  }

  /** Looks at every condition anew. */
  check(): void {
    for (const { isMet, met } of this.open) if (isMet()) met.abort();
  }
}
