import type { ShardWindow } from './messages.js';

/** Holds the shards nobody can send: what is planned meanwhile is lost, and said to be. */
export const NOBODY = 'nobody';

/** A stretch of time in which one session answers for one shard. */
export interface TableWindow extends ShardWindow {
  session: string;
  /** Number of the window among those of its session, from 0. */
  index: number;
  /** Everything planned before it has its sample. */
  settledTo: number;
  /** Who gets the shard when the window has been given back. */
  heir?: string;
}

/** Who sends which shard when. Every instant of every shard belongs to exactly one window. */
export class ShardTable {
  private windows: TableWindow[] = [];
  private readonly counts = new Map<string, number>();

  constructor(
    readonly shards: number,
    startAt: number,
  ) {
    for (let shard = 0; shard < shards; shard++) this.open(shard, NOBODY, startAt);
  }

  of(session: string): TableWindow[] {
    return this.windows.filter((window) => window.session === session);
  }

  /** Shards a session sends now, or will when they have been given back. */
  held(session: string): number[] {
    const mine = this.windows.filter((window) => this.ownerOf(window) === session);
    return mine.map(({ shard }) => shard);
  }

  /** Spreads the shards over the sessions: those of nobody at once, others when their holders have given them back. */
  balance(sessions: readonly string[], at: number, giveBackAt: number): TableWindow[] {
    if (sessions.length === 0) return [];
    const closed: TableWindow[] = [];
    for (const window of this.of(NOBODY)) {
      closed.push(this.close(window, Math.max(at, window.from)));
      this.open(window.shard, this.least(sessions), Math.max(at, window.from));
    }
    for (;;) {
      const poorest = this.least(sessions);
      const richest = this.most(sessions);
      if (this.held(richest).length - this.held(poorest).length < 2) return closed;
      const given = this.of(richest).find((window) => window.until === null);
      if (!given) return closed;
      given.until = Math.max(giveBackAt, given.from);
      given.heir = poorest;
    }
  }

  /** A session wants to go: its windows go to the others when it has given them back. */
  retire(session: string, others: readonly string[], giveBackAt: number): void {
    for (const window of this.of(session)) {
      if (window.until !== null && window.heir === undefined) continue;
      window.until = Math.max(window.until ?? giveBackAt, window.from);
      window.heir = this.heirless(others);
    }
  }

  /** A session has given a window back: nothing from `at` on was or will be sent by it. */
  giveBack(session: string, given: { shard: number; from: number; at: number }, sessions: readonly string[]): void {
    const window = this.of(session).find(
      ({ shard, from, heir }) => shard === given.shard && from === given.from && heir,
    );
    if (!window) return;
    window.until = given.at;
    const heir = sessions.includes(window.heir ?? '') ? (window.heir as string) : this.heirless(sessions);
    delete window.heir;
    this.open(window.shard, heir, given.at);
  }

  /** A session is gone: its shards go to the others from `at` on. Gives its windows for the reckoning. */
  lose(session: string, sessions: readonly string[], at: number): TableWindow[] {
    const lost = this.of(session);
    for (const window of lost) {
      const isHeld = window.until === null || window.heir !== undefined;
      if (!isHeld) continue;
      const until = Math.max(at, window.from);
      const heir = window.heir !== undefined && sessions.includes(window.heir) ? window.heir : this.heirless(sessions);
      window.until = until;
      delete window.heir;
      this.open(window.shard, heir, until);
    }
    this.windows = this.windows.filter((window) => window.session !== session);
    for (const window of this.windows) if (window.heir === session) window.heir = this.heirless(sessions);
    return lost;
  }

  /** Ends the windows of nobody at `at` and opens them anew: what was planned in them is to be written off. */
  writeOff(at: number): TableWindow[] {
    return this.of(NOBODY)
      .filter((window) => window.from < at)
      .map((window) => {
        this.open(window.shard, NOBODY, at);
        return this.close(window, at);
      });
  }

  /** Takes note of a report: windows it knew of are settled up to the given moment. */
  settle(session: string, known: number, settledTo: number): void {
    for (const window of this.of(session)) {
      if (window.index >= known) continue;
      window.settledTo = Math.max(window.settledTo, Math.min(settledTo, window.until ?? Infinity));
    }
    this.windows = this.windows.filter((window) => !isDone(window));
  }

  /** Whether everything planned before `at` has its sample. */
  isSettled(at: number): boolean {
    return this.windows.every((window) => window.settledTo >= Math.min(at, window.until ?? at));
  }

  private open(shard: number, session: string, from: number): void {
    const index = this.counts.get(session) ?? 0;
    this.counts.set(session, index + 1);
    this.windows.push({ shard, session, from, until: null, index, settledTo: from });
  }

  private close(window: TableWindow, until: number): TableWindow {
    this.windows = this.windows.filter((each) => each !== window);
    return { ...window, until };
  }

  private ownerOf(window: TableWindow): string | undefined {
    return window.until === null ? window.session : window.heir;
  }

  private heirless(sessions: readonly string[]): string {
    return sessions.length > 0 ? this.least(sessions) : NOBODY;
  }

  private least(sessions: readonly string[]): string {
    return sessions.reduce((best, each) => (this.held(each).length < this.held(best).length ? each : best));
  }

  private most(sessions: readonly string[]): string {
    return sessions.reduce((best, each) => (this.held(each).length > this.held(best).length ? each : best));
  }
}

function isDone({ until, heir, settledTo }: TableWindow): boolean {
  return until !== null && heir === undefined && settledTo >= until;
}
