import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import type { Session } from '../domain/session.js';
import { MultiIndex } from './multi-index.js';
import { SessionStore } from './session.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Sessions in memory; at the bound the oldest session of all ends. */
@ResetOnAdmin()
@Injectable()
export class MemorySessionStore extends SessionStore {
  private readonly sessions = new Map<string, Session>();
  private readonly byUser = new MultiIndex();

  constructor(@Inject(STORE_LIMITS) private readonly limits: StoreLimits) {
    super();
  }

  open(session: Session, maxPerUser: number): void {
    const own = this.byUser.ids(session.clientUserId);
    for (const id of own.slice(0, Math.max(0, own.length + 1 - maxPerUser))) this.end(id);
    const [oldest] = this.sessions.keys();
    if (this.sessions.size >= this.limits.sessions && oldest !== undefined) this.end(oldest);
    this.sessions.set(session.id, session);
    this.byUser.add(session.clientUserId, session.id);
  }

  byId(id: string): Session | undefined {
    return this.sessions.get(id);
  }

  end(id: string): void {
    const session = this.sessions.get(id);
    if (session === undefined) return;
    this.sessions.delete(id);
    this.byUser.remove(session.clientUserId, id);
  }

  countOf(clientUserId: string): number {
    return this.byUser.ids(clientUserId).length;
  }

  reset(): void {
    this.sessions.clear();
    this.byUser.clear();
  }
}
