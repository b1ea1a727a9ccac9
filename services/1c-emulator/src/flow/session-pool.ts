import { Inject, Injectable } from '@nestjs/common';
import { Clock, CONFIG, Ids, ProtocolError, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { OneCConfig } from '../config.js';

/** A session of the infobase that a web service opened. */
export interface WebSession {
  readonly id: string;
  readonly user: string;
  isBusy: boolean;
  lastUsedMs: number;
  /** Held by a caller through its cookie, not reused for others. */
  readonly isOwned: boolean;
}

/** What a call says about sessions: the `IBSession` header and the `ibsession` cookie. */
export interface SessionWish {
  readonly user: string;
  readonly command: 'start' | 'finish' | undefined;
  readonly cookie: string | undefined;
  /** How the service reuses sessions; as the settings say when undefined. */
  readonly reuse?: SessionReuse | undefined;
}

export type SessionReuse = OneCConfig['reuseSessions'];

/** The session a call runs in, until it is released. */
export interface Entered {
  readonly id: string;
  /** Sent back as a cookie. */
  readonly isNew: boolean;
  release(): void;
}

/** Waiting calls the pool keeps at most, over all users. */
const MAX_WAITING = 10_000;

/** Sessions, their pool and the licences they take (1c.md 4, Sessions). */
@ResetOnAdmin()
@Injectable()
export class SessionPool implements Resettable {
  private readonly sessions = new Map<string, WebSession>();
  private readonly waiting = new Map<string, Set<() => void>>();
  private waiters = 0;

  constructor(
    @Inject(CONFIG) private readonly config: OneCConfig,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  get all(): readonly WebSession[] {
    this.endIdle();
    return [...this.sessions.values()];
  }

  /** Calls that wait for a session of the pool to come free. */
  get waitingCalls(): number {
    return this.waiters;
  }

  /** @throws ProtocolError `session-lost`, `no-free-licence` or, after the wait, `pool-exhausted` */
  async enter(wish: SessionWish): Promise<Entered> {
    this.endIdle();
    if (wish.cookie !== undefined) return this.known(wish, wish.cookie);
    const reuseSessions = wish.reuse ?? this.config.reuseSessions;
    if (wish.command === 'start' && reuseSessions === 'use') return this.opened(wish.user, true);
    if (reuseSessions !== 'autouse') return this.opened(wish.user, false);
    return this.pooled(wish.user);
  }

  /** Ends one session; false when there is none. */
  kill(id: string): boolean {
    return this.sessions.delete(id);
  }

  reset(): void {
    this.sessions.clear();
    for (const wakers of this.waiting.values()) for (const wake of wakers) wake();
  }

  private known({ command, user }: SessionWish, cookie: string): Entered {
    const session = this.sessions.get(cookie);
    if (session === undefined || session.user !== user || !session.isOwned) throw new ProtocolError('session-lost');
    session.isBusy = true;
    return this.entered(session, { isNew: false, endsAfter: command === 'finish' });
  }

  private opened(user: string, isOwned: boolean): Entered {
    return this.entered(this.open(user, isOwned), { isNew: isOwned, endsAfter: !isOwned });
  }

  /** An idle session of the same user, a new one, or a wait for one to come free. */
  private async pooled(user: string): Promise<Entered> {
    const deadlineMs = this.clock.monotonicMs() + this.config.poolTimeoutMs;
    for (;;) {
      const own = [...this.sessions.values()].filter((session) => session.user === user && !session.isOwned);
      const idle = own.find(({ isBusy }) => !isBusy);
      if (idle !== undefined) {
        idle.isBusy = true;
        return this.entered(idle, { isNew: false, endsAfter: false });
      }
      if (own.length < this.config.poolSize)
        return this.entered(this.open(user, false), { isNew: false, endsAfter: false });
      await this.released(user, deadlineMs);
    }
  }

  private async released(user: string, deadlineMs: number): Promise<void> {
    const leftMs = deadlineMs - this.clock.monotonicMs();
    if (leftMs <= 0 || this.waiters >= MAX_WAITING) throw new ProtocolError('pool-exhausted');
    const wakers = this.waiting.get(user) ?? new Set();
    this.waiting.set(user, wakers);
    this.waiters += 1;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        cancel();
        wakers.delete(wake);
        resolve();
      };
      const cancel = this.clock.after(leftMs, wake);
      wakers.add(wake);
    });
    this.waiters -= 1;
    if (wakers.size === 0) this.waiting.delete(user);
  }

  private open(user: string, isOwned: boolean): WebSession {
    const { licences } = this.config;
    if (licences > 0 && this.sessions.size >= licences) throw new ProtocolError('no-free-licence');
    const session = { id: this.ids.uuid(), user, isBusy: true, lastUsedMs: this.clock.monotonicMs(), isOwned };
    this.sessions.set(session.id, session);
    return session;
  }

  private entered(session: WebSession, { isNew, endsAfter }: { isNew: boolean; endsAfter: boolean }): Entered {
    const release = (): void => {
      session.isBusy = false;
      session.lastUsedMs = this.clock.monotonicMs();
      if (endsAfter) this.sessions.delete(session.id);
      const [next] = this.waiting.get(session.user) ?? [];
      next?.();
    };
    return { id: session.id, isNew, release };
  }

  private endIdle(): void {
    const endMs = this.clock.monotonicMs() - this.config.sessionMaxAgeMs;
    for (const session of this.sessions.values()) {
      if (!session.isBusy && session.lastUsedMs < endMs) this.sessions.delete(session.id);
    }
  }
}
