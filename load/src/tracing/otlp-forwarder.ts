import { request } from 'undici';
import type { RawExport } from './otlp-receiver.js';

/** Bytes that wait at most; requests beyond it are not passed on. */
const MAX_WAITING_BYTES = 16_000_000;
const TIMEOUT_MS = 10_000;

/** Passes what was received on to a real collector, one request at a time. What it does not take is counted, never kept. */
export class OtlpForwarder {
  readonly counts = { forwarded: 0, dropped: 0, failed: 0 };
  private readonly waiting: RawExport[] = [];
  private waitingBytes = 0;
  private passing: Promise<void> | undefined;
  private readonly url: string;

  /** `endpoint` is the collector's base address, as in `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  constructor(endpoint: string) {
    this.url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  }

  pass(raw: RawExport): void {
    if (this.waitingBytes + raw.body.length > MAX_WAITING_BYTES) {
      this.counts.dropped += 1;
      return;
    }
    this.waiting.push(raw);
    this.waitingBytes += raw.body.length;
    this.passing ??= this.passAll().finally(() => (this.passing = undefined));
  }

  /** Resolves when everything that waits was passed on, or when the collector did not take one: the rest is dropped then. */
  async finish(): Promise<void> {
    const { failed } = this.counts;
    while (this.passing !== undefined && this.counts.failed === failed)
      await Promise.race([this.passing, this.nextFailure()]);
    this.counts.dropped += this.waiting.length;
    this.waiting.length = 0;
  }

  private onFailure: (() => void) | undefined;

  private nextFailure(): Promise<void> {
    return new Promise((resolve) => (this.onFailure = resolve));
  }

  private async passAll(): Promise<void> {
    for (let raw = this.waiting.shift(); raw !== undefined; raw = this.waiting.shift()) {
      const isTaken = await this.send(raw);
      this.waitingBytes -= raw.body.length;
      this.counts[isTaken ? 'forwarded' : 'failed'] += 1;
      if (!isTaken) this.onFailure?.();
    }
  }

  private async send({ contentType, encoding, body }: RawExport): Promise<boolean> {
    try {
      const reply = await request(this.url, {
        method: 'POST',
        headers: { 'content-type': contentType, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) },
        body,
        headersTimeout: TIMEOUT_MS,
        bodyTimeout: TIMEOUT_MS,
      });
      await reply.body.dump();
      return reply.statusCode < 300;
    } catch {
      return false;
    }
  }
}
