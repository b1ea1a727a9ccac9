import { Inject, Injectable } from '@nestjs/common';
import { filter, Subject, type Observable } from 'rxjs';
import { Bus } from '../bus/bus.js';
import type { Exchange, FiredRule } from '../exchange/exchange.js';
import { Clock } from '../runtime/clock.js';

/** Bus topic of journal entries. */
export const JOURNAL_TOPIC = 'poligon.journal';
/** Injection token of the journal's limits. */
export const JOURNAL_LIMITS = Symbol('journal limits');

export interface JournalLimits {
  /** Entries kept in memory; the oldest give way. */
  readonly entries: number;
  /** Bytes kept of each body. */
  readonly bodyBytes: number;
}

/** What arrived, what was decided, what was answered. */
export interface JournalEntry {
  readonly seq: number;
  /** Wall time, ISO 8601 UTC. */
  readonly at: string;
  readonly operation: string;
  readonly subject?: string | undefined;
  readonly client?: string | undefined;
  readonly outcome: string;
  readonly rules: readonly FiredRule[];
  readonly intendedMs: number;
  readonly injectedMs: number;
  readonly actualMs: number;
  readonly traceId?: string | undefined;
  /** The call and the answer in the protocol's own terms, bodies cut to the limit. */
  readonly wire: Readonly<Record<string, unknown>>;
}

/** A call that neither a rule nor a baseline could touch. */
export type PassedCall = Pick<JournalEntry, 'operation' | 'subject' | 'client' | 'outcome' | 'actualMs'>;

const NO_RULES: readonly FiredRule[] = Object.freeze([]);

/** Which entries to read. */
export interface JournalQuery {
  readonly operation?: ((operation: string) => boolean) | undefined;
  readonly subject?: string | undefined;
  /** Entries after this sequence number. */
  readonly since: number;
  readonly limit: number;
}

/** A bounded record of exchanges and of changes made at the admin door. */
@Injectable()
export class Journal {
  private readonly ring: (JournalEntry | undefined)[];
  private seq = 0;
  private printedMs = NaN;
  private printed = '';
  private readonly added = new Subject<JournalEntry>();

  constructor(
    @Inject(JOURNAL_LIMITS) readonly limits: JournalLimits,
    private readonly clock: Clock,
    private readonly bus: Bus,
  ) {
    this.ring = new Array<JournalEntry | undefined>(limits.entries);
  }

  /** Records a finished exchange; `wire` is kept as given, so the adapter cuts bodies first. */
  record(exchange: Exchange, outcome: string, wire: Readonly<Record<string, unknown>>, traceId?: string): JournalEntry {
    return this.add({
      seq: this.seq + 1,
      at: this.isoNow(),
      operation: exchange.operation,
      subject: exchange.subject,
      client: exchange.client,
      outcome,
      rules: exchange.fired,
      intendedMs: exchange.intendedMs,
      injectedMs: exchange.injectedMs,
      actualMs: this.clock.monotonicMs() - exchange.receivedAtMs,
      traceId,
      wire,
    });
  }

  /** Records a call that was answered at once and without an exchange, see `ExchangeRunner.isPlain`. */
  pass({ operation, subject, client, outcome, actualMs }: PassedCall, wire: JournalEntry['wire']): JournalEntry {
    return this.add({
      seq: this.seq + 1,
      at: this.isoNow(),
      operation,
      subject,
      client,
      outcome,
      rules: NO_RULES,
      intendedMs: 0,
      injectedMs: 0,
      actualMs,
      traceId: undefined,
      wire,
    });
  }

  /** Records something that is not an exchange: a change at the admin door, a call that matched no operation. */
  note(operation: string, outcome: string, wire: Readonly<Record<string, unknown>>): JournalEntry {
    const seq = this.seq + 1;
    const at = this.isoNow();
    return this.add({ seq, at, operation, outcome, rules: NO_RULES, intendedMs: 0, injectedMs: 0, actualMs: 0, wire });
  }

  /** Newest sequence number; 0 when nothing was recorded. */
  get last(): number {
    return this.seq;
  }

  /** Sequence number of the oldest entry still kept. */
  get oldest(): number {
    return Math.max(1, this.seq - this.ring.length + 1);
  }

  /** Matching entries, oldest first. */
  read(query: JournalQuery): readonly JournalEntry[] {
    const found: JournalEntry[] = [];
    const first = Math.max(query.since + 1, this.oldest);
    for (let seq = first; seq <= this.seq && found.length < query.limit; seq += 1) {
      const entry = this.ring[seq % this.ring.length];
      if (entry?.seq === seq && matches(entry, query)) found.push(entry);
    }
    return found;
  }

  /** Entries as they come. */
  stream(query: Pick<JournalQuery, 'operation' | 'subject'>): Observable<JournalEntry> {
    return this.added.pipe(filter((entry) => matches(entry, query)));
  }

  /** Matching entries now, or the first one that comes within `waitMs`; empty when none does or `signal` ends the wait. */
  wait(query: JournalQuery, waitMs: number, signal?: AbortSignal): Promise<readonly JournalEntry[]> {
    const found = this.read(query);
    if (found.length > 0 || waitMs <= 0 || signal?.aborted === true) return Promise.resolve(found);
    return new Promise((resolve) => {
      const giveUp = () => finish([]);
      const cancel = this.clock.after(waitMs, giveUp);
      const subscription = this.stream(query).subscribe((entry) => finish([entry]));
      signal?.addEventListener('abort', giveUp, { once: true });
      function finish(entries: readonly JournalEntry[]): void {
        cancel();
        subscription.unsubscribe();
        signal?.removeEventListener('abort', giveUp);
        resolve(entries);
      }
    });
  }

  /** Forgets all entries; sequence numbers go on. */
  clear(): void {
    this.ring.fill(undefined);
  }

  /** Many calls share a millisecond; its text is made once. */
  private isoNow(): string {
    const nowMs = this.clock.nowMs();
    if (nowMs !== this.printedMs) {
      this.printedMs = nowMs;
      this.printed = new Date(nowMs).toISOString();
    }
    return this.printed;
  }

  private add(entry: JournalEntry): JournalEntry {
    this.seq = entry.seq;
    if (this.ring.length > 0) this.ring[this.seq % this.ring.length] = entry;
    if (this.added.observed) this.added.next(entry);
    this.bus.offer(JOURNAL_TOPIC, entry);
    return entry;
  }
}

function matches(entry: JournalEntry, { operation, subject }: Pick<JournalQuery, 'operation' | 'subject'>): boolean {
  return (
    (operation === undefined || operation(entry.operation)) && (subject === undefined || entry.subject === subject)
  );
}
