import { traceHere, type InTrace } from '@poligon/emulator-kit';
import type { Account } from '../domain/account.js';
import type { TimingWheel } from '../schedule/timing-wheel.js';
import type { CallbackEvent, CallbackFormat, CallbackQuirks, CallbackRequest } from './callback-format.js';

/** Calls to one URL at the same time. */
const MAX_OPEN = 16;
/** Events kept for one URL; beyond it the oldest give way. */
const MAX_QUEUED = 100_000;

/** An event, or a finished request, that a client is to be told. */
export interface QueuedCallback {
  readonly event?: CallbackEvent;
  readonly quirks?: CallbackQuirks;
  readonly request?: CallbackRequest;
  attempt: number;
  /** The trace it was made in. */
  inTrace?: InTrace;
}

export interface LineTarget {
  readonly format: CallbackFormat;
  readonly account: Account;
  readonly url: string;
}

export interface LineMeans {
  /** True when the client took it. */
  call(request: CallbackRequest): Promise<boolean>;
  readonly retryDelaysMs: readonly number[];
}

/** Everything that goes to one URL: what waits, what is retried, how it went. */
export class CallbackLine {
  accepted = 0;
  failed = 0;
  dropped = 0;
  lastSuccessMs: number | undefined;
  nextAttemptMs: number | undefined;
  private queue: QueuedCallback[] = [];
  private resting = new Set<QueuedCallback>();
  private open = 0;

  constructor(
    readonly target: LineTarget,
    private readonly wheel: TimingWheel,
    private readonly means: LineMeans,
  ) {}

  /** Events not yet taken by the client. */
  get waiting(): number {
    return this.queue.length + this.resting.size + this.open;
  }

  push(callback: QueuedCallback): void {
    callback.inTrace ??= traceHere();
    this.queue.push(callback);
    if (this.queue.length > MAX_QUEUED) {
      this.queue.shift();
      this.dropped += 1;
    }
    this.work();
  }

  /** Tries at once what waits for its next attempt. */
  resendNow(): number {
    const resting = [...this.resting];
    this.resting.clear();
    for (const callback of resting) this.push(callback);
    return resting.length;
  }

  clear(): void {
    this.queue = [];
    this.resting.clear();
  }

  private work(): void {
    while (this.open < MAX_OPEN && this.queue.length > 0) {
      const batch = this.nextBatch();
      this.open += 1;
      // One call may tell of several messages: it belongs to the first one's trace.
      void batch[0]!.inTrace!(() => this.tell(batch));
    }
  }

  /** As many events with the same quirks as fit one call. */
  private nextBatch(): QueuedCallback[] {
    const first = this.queue.shift()!;
    const batch = [first];
    if (first.request !== undefined) return batch;
    while (
      batch.length < this.target.format.batch &&
      this.queue[0]?.event !== undefined &&
      this.queue[0].quirks === first.quirks
    ) {
      batch.push(this.queue.shift()!);
    }
    return batch;
  }

  private async tell(batch: readonly QueuedCallback[]): Promise<void> {
    const isAccepted = await this.means.call(this.requestOf(batch));
    this.open -= 1;
    if (isAccepted) {
      this.accepted += batch.length;
      this.lastSuccessMs = this.wheel.clock.nowMs();
    } else {
      this.failed += 1;
      for (const callback of batch) this.rest(callback);
    }
    this.work();
  }

  private requestOf(batch: readonly QueuedCallback[]): CallbackRequest {
    const { format, account, url } = this.target;
    const [first] = batch;
    if (first!.request !== undefined) return first!.request;
    const quirks = first!.quirks ?? {};
    const request = format.request(
      url,
      batch.map(({ event }) => event!),
      account,
      quirks,
    );
    return quirks.isViaGet === true ? { ...request, method: 'GET' } : request;
  }

  private rest(callback: QueuedCallback): void {
    const delayMs = this.means.retryDelaysMs[callback.attempt];
    if (delayMs === undefined) {
      this.dropped += 1;
      return;
    }
    callback.attempt += 1;
    this.resting.add(callback);
    this.nextAttemptMs = this.wheel.clock.nowMs() + delayMs;
    this.wheel.after(delayMs, {
      run: () => {
        if (this.resting.delete(callback)) this.push(callback);
      },
    });
  }
}
