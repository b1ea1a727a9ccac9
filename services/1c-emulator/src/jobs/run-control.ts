import { RunInterrupted } from '../protocol/hrlink/portal-failure.js';
import type { OneCTime } from '../schedule/one-c-time.js';

/** Stops one run between its calls: what is on the wire is finished, pauses end at once. */
export class RunControl {
  private isStopped = false;
  private readonly wakers = new Set<() => void>();

  constructor(private readonly time: OneCTime) {}

  stop(): void {
    this.isStopped = true;
    for (const wake of this.wakers) wake();
  }

  /** @throws RunInterrupted once stopped */
  check(): void {
    if (this.isStopped) throw new RunInterrupted();
  }

  /** Waits that much of 1C's time. @throws RunInterrupted once stopped */
  async pause(ms: number): Promise<void> {
    this.check();
    await new Promise<void>((resolve) => {
      const cancel = this.time.after(ms, done);
      const wakers = this.wakers;
      wakers.add(done);
      function done(): void {
        cancel();
        wakers.delete(done);
        resolve();
      }
    });
    this.check();
  }
}
