import type { Clock } from '../runtime/clock.js';

interface Cached<T> {
  readonly document: T;
  readonly readAtMs: number;
  readonly expiresAtMs: number;
}

/** What the cache is told about time. */
export interface CacheLimits {
  readonly maxDocuments: number;
  /** Age (ms) at which a document is read anew. */
  readonly staleMs: number;
}

/** Proof that nothing was written to a key between asking the database and the answer. */
export type Reading = object;

/** A bounded working set of documents; the least recently used give way. */
export class DocumentCache<T> {
  private readonly cached = new Map<string, Cached<T>>();
  private readonly readings = new Map<string, Reading>();

  constructor(
    private readonly clock: Clock,
    private readonly limits: CacheLimits,
  ) {}

  get size(): number {
    return this.cached.size;
  }

  find(key: string): T | undefined {
    const found = this.cached.get(key);
    if (found === undefined) return undefined;
    this.cached.delete(key);
    const isStale = this.clock.monotonicMs() - found.readAtMs >= this.limits.staleMs;
    if (isStale || found.expiresAtMs <= this.clock.nowMs()) return undefined;
    this.cached.set(key, found);
    return found.document;
  }

  /** Call before the database is asked; give the result to `read`. */
  begin(key: string): Reading {
    const reading = {};
    if (this.limits.maxDocuments > 0) this.readings.set(key, reading);
    return reading;
  }

  /** Keeps what the database answered, unless the key was written meanwhile or another reading began. */
  read(key: string, reading: Reading, document: T | undefined, expiresAtMs = Infinity): void {
    if (this.readings.get(key) !== reading) return;
    this.readings.delete(key);
    if (document !== undefined) this.keep(key, document, expiresAtMs);
  }

  keep(key: string, document: T, expiresAtMs: number): void {
    if (this.limits.maxDocuments === 0) return;
    this.forget(key);
    this.cached.set(key, { document, readAtMs: this.clock.monotonicMs(), expiresAtMs });
    if (this.cached.size > this.limits.maxDocuments) this.cached.delete(this.cached.keys().next().value!);
  }

  /** The key was or is being written, here or by another replica. */
  forget(key: string): void {
    this.cached.delete(key);
    this.readings.delete(key);
  }

  clear(): void {
    this.cached.clear();
    this.readings.clear();
  }
}
