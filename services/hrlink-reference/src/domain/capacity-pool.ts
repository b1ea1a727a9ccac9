import type { PoolSettings } from './pool-settings.js';
import { kneeOf, serviceTimeMs } from './service-curve.js';

/** Time and chance as the pool needs them. */
export interface PoolTime {
  /** Monotonic milliseconds. */
  now(): number;
  /** Runs `action` after `delayMs`; returns a cancel function. */
  after(delayMs: number, action: () => void): () => void;
  /** 0 ≤ x < 1. */
  random(): number;
}

/** Why a job was not served. */
export class PoolOverload extends Error {
  override readonly name = 'PoolOverload';

  constructor(
    readonly pool: string,
    readonly mode: 'reject' | 'reset',
    readonly retryAfterSeconds: number,
  ) {
    super(`pool ${pool} is full`);
  }
}

export interface PoolState {
  readonly settings: PoolSettings;
  readonly kneePerSecond: number;
  readonly kneeInService: number;
  readonly inService: number;
  readonly queued: number;
  readonly oldestWaitMs: number;
  readonly served: number;
  readonly rejected: number;
  readonly isPaused: boolean;
}

interface Job {
  readonly arrivedAtMs: number;
  readonly extraMs: number;
  readonly done: () => void;
  readonly refuse: (error: PoolOverload) => void;
  cancelTimeout: (() => void) | undefined;
  isGone: boolean;
}

/**
 * A named resource with a known capacity: service time is waited, never burned, so the knee does not depend on the host.
 * A job that follows another on a worker starts at the moment the other should have ended, not when its timer fired:
 * late timers therefore cost latency but no throughput.
 */
export class CapacityPool {
  private readonly queue: Job[] = [];
  private head = 0;
  private waiting = 0;
  private inService = 0;
  private served = 0;
  private rejected = 0;
  private isPaused = false;

  constructor(
    readonly name: string,
    private settings: PoolSettings,
    private readonly time: PoolTime,
  ) {}

  /** Resolves when a worker has served the job. `extraMs` is added to its service time. @throws PoolOverload */
  serve(extraMs = 0): Promise<void> {
    return new Promise((done, refuse) => {
      const job: Job = { arrivedAtMs: this.time.now(), extraMs, done, refuse, cancelTimeout: undefined, isGone: false };
      if (!this.isPaused && this.inService < this.settings.workers) this.start(job, job.arrivedAtMs);
      else if (this.waiting >= this.settings.queueLimit) this.turnAway(job);
      else this.enqueue(job);
    });
  }

  /** Replaces the settings at run time; jobs in service keep their time, waiting ones use the new workers at once. */
  configure(settings: PoolSettings): void {
    this.settings = settings;
    this.startWaiting(this.time.now());
  }

  /** Stops starting jobs until `resume`. */
  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    this.startWaiting(this.time.now());
  }

  state(): PoolState {
    const knee = kneeOf(this.settings);
    const oldest = this.firstWaiting();
    return {
      settings: this.settings,
      kneePerSecond: knee.perSecond,
      kneeInService: knee.inService,
      inService: this.inService,
      queued: this.waiting,
      oldestWaitMs: oldest === undefined ? 0 : this.time.now() - oldest.arrivedAtMs,
      served: this.served,
      rejected: this.rejected,
      isPaused: this.isPaused,
    };
  }

  private enqueue(job: Job): void {
    this.queue.push(job);
    this.waiting += 1;
    if (this.settings.queueTimeoutMs <= 0) return;
    job.cancelTimeout = this.time.after(this.settings.queueTimeoutMs, () => {
      job.isGone = true;
      this.waiting -= 1;
      this.turnAway(job);
    });
  }

  private turnAway(job: Job): void {
    this.rejected += 1;
    const drainSeconds = this.waiting / kneeOf(this.settings).perSecond;
    const mode = this.settings.overload === 'reset' ? 'reset' : 'reject';
    job.refuse(new PoolOverload(this.name, mode, Math.max(1, Math.ceil(drainSeconds))));
  }

  private start(job: Job, startMs: number): void {
    this.inService += 1;
    const endMs = startMs + this.sampleMs() + job.extraMs;
    this.time.after(Math.max(0, endMs - this.time.now()), () => this.finish(job, endMs));
  }

  private finish(job: Job, endMs: number): void {
    this.inService -= 1;
    this.served += 1;
    this.startWaiting(endMs);
    job.done();
  }

  private startWaiting(startMs: number): void {
    while (!this.isPaused && this.inService < this.settings.workers) {
      const next = this.firstWaiting();
      if (next === undefined) return;
      this.head += 1;
      this.waiting -= 1;
      next.cancelTimeout?.();
      this.start(next, Math.max(startMs, next.arrivedAtMs));
    }
  }

  /** The longest waiting job; drops those that timed out and compacts the queue now and then. */
  private firstWaiting(): Job | undefined {
    while (this.queue[this.head]?.isGone) this.head += 1;
    if (this.head > 1024 && this.head * 2 > this.queue.length) {
      this.queue.splice(0, this.head);
      this.head = 0;
    }
    return this.queue[this.head];
  }

  private sampleMs(): number {
    const exactMs = serviceTimeMs(this.settings, this.inService);
    const sigma = this.settings.jitter;
    if (sigma === 0) return exactMs;
    const normal = Math.sqrt(-2 * Math.log(1 - this.time.random())) * Math.cos(2 * Math.PI * this.time.random());
    // Shifted by -σ²/2 so that the mean, and with it the knee, stays where the settings put it.
    return exactMs * Math.exp(sigma * normal - (sigma * sigma) / 2);
  }
}
