import { AsyncResource } from 'node:async_hooks';

/** A job that was given a slot; the slot is free again when its promise settles. */
export type SlotJob = () => Promise<void>;

/** Runs at most `slots` jobs at a time; others wait in order, at most `waitingLimit` of them. */
export class SlotQueue {
  private waiting: SlotJob[] = [];
  /** Jobs before this position were taken; the array is cut when half of it is. */
  private head = 0;
  private running = 0;

  constructor(
    private readonly slots: number,
    private readonly waitingLimit: number,
  ) {}

  get busy(): number {
    return this.running;
  }

  get depth(): number {
    return this.waiting.length - this.head;
  }

  get hasRoom(): boolean {
    return this.running < this.slots || this.depth < this.waitingLimit;
  }

  /** Starts the job or lets it wait; false when there is no room for it. Jobs must not reject. */
  submit(job: SlotJob): boolean {
    if (!this.hasRoom) return false;
    if (this.running < this.slots) this.start(job);
    // A job that waits goes on in its own trace, not in that of the one whose end starts it.
    else this.waiting.push(AsyncResource.bind(job));
    return true;
  }

  /** Forgets the jobs that have not begun. */
  clear(): void {
    this.waiting = [];
    this.head = 0;
  }

  private start(job: SlotJob): void {
    this.running += 1;
    void job().finally(() => {
      this.running -= 1;
      const next = this.take();
      if (next !== undefined) this.start(next);
    });
  }

  private take(): SlotJob | undefined {
    if (this.depth === 0) return undefined;
    const job = this.waiting[this.head];
    this.head += 1;
    if (this.head * 2 > this.waiting.length) {
      this.waiting = this.waiting.slice(this.head);
      this.head = 0;
    }
    return job;
  }
}
