import type { ExportResult } from '@opentelemetry/core';
import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';

/** What became of the spans of this process. */
export interface SpanCounts {
  exported: number;
  /** Never sent: the collector did not keep up and the queue was full. */
  dropped: number;
  /** Sent and not taken: refused, timed out, unreachable. */
  failed: number;
}

export interface SpanQueueLimits {
  /** Spans that wait at most; further ones are dropped. */
  readonly maxQueued: number;
  readonly maxBatch: number;
  /** Longest time a span waits for company. */
  readonly delayMs: number;
  /** A stopping process waits no longer than this for its collector. */
  readonly shutdownMs: number;
}

/**
 * Hands ended spans to an exporter in batches, one at a time. A collector that is slow, down or refusing costs spans, which are counted,
 * and neither time nor memory.
 */
export class SpanQueue implements SpanProcessor {
  readonly counts: SpanCounts = { exported: 0, dropped: 0, failed: 0 };
  private waiting: ReadableSpan[] = [];
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<void> | undefined;
  /** Spans of the batch that is being sent. */
  private inFlight = 0;
  private isClosed = false;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly limits: SpanQueueLimits,
  ) {}

  /** Spans that wait to be sent. */
  get queued(): number {
    return this.waiting.length;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if (this.isClosed || this.waiting.length >= this.limits.maxQueued) {
      this.counts.dropped += 1;
      return;
    }
    this.waiting.push(span);
    if (this.sending !== undefined) return;
    if (this.waiting.length >= this.limits.maxBatch) this.send();
    else this.timer ??= setTimeout(() => this.send(), this.limits.delayMs).unref();
  }

  /** Resolves when all that wait now have been sent or given up. */
  async forceFlush(): Promise<void> {
    while (this.waiting.length > 0 || this.sending !== undefined) {
      this.send();
      await this.sending;
    }
  }

  /** Sends the rest, but a collector that fails once or takes longer than a stopping process may wait is given up. */
  async shutdown(): Promise<void> {
    this.isClosed = true;
    let giveUp: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => (giveUp = setTimeout(resolve, this.limits.shutdownMs)));
    await Promise.race([this.sendRest(), tooLong]);
    clearTimeout(giveUp);
    this.counts.dropped += this.waiting.length;
    this.waiting = [];
    // Whoever is given up in the middle of a batch has not said that it took it.
    this.settle('failed');
    await Promise.race([this.exporter.shutdown(), tooLong]);
  }

  private async sendRest(): Promise<void> {
    const { failed } = this.counts;
    while (this.counts.failed === failed && (this.waiting.length > 0 || this.sending !== undefined)) {
      this.send();
      await this.sending;
    }
  }

  private send(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.sending !== undefined || this.waiting.length === 0) return;
    const batch = this.waiting.splice(0, this.limits.maxBatch);
    this.inFlight = batch.length;
    this.sending = this.export(batch).then(({ code }) => {
      this.settle(code === ExportResultCode.SUCCESS ? 'exported' : 'failed');
      this.sending = undefined;
      if (this.waiting.length >= this.limits.maxBatch) setImmediate(() => this.send());
      else if (this.waiting.length > 0) this.timer ??= setTimeout(() => this.send(), this.limits.delayMs).unref();
    });
  }

  private settle(result: 'exported' | 'failed'): void {
    this.counts[result] += this.inFlight;
    this.inFlight = 0;
  }

  private export(batch: ReadableSpan[]): Promise<ExportResult> {
    return new Promise((resolve) => {
      try {
        this.exporter.export(batch, resolve);
      } catch {
        resolve({ code: ExportResultCode.FAILED });
      }
    });
  }
}
