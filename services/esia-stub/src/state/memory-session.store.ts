import { Inject, Injectable } from '@nestjs/common';
import { Clock, ResetOnAdmin } from '@poligon/emulator-kit';
import { ExpiringTable } from './expiring-table.js';
import { SessionStore, type Session } from './session.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Sessions in memory. */
@ResetOnAdmin()
@Injectable()
export class MemorySessionStore extends SessionStore {
  private readonly table: ExpiringTable<Session>;

  constructor(
    @Inject(STORE_LIMITS) { maxOpen }: StoreLimits,
    private readonly clock: Clock,
  ) {
    super();
    this.table = new ExpiringTable(maxOpen);
  }

  async open(session: Session, expiresAtMs: number): Promise<void> {
    this.table.put(session.id, session, expiresAtMs, this.clock.nowMs());
  }

  async find(id: string): Promise<Session | undefined> {
    return this.table.get(id, this.clock.nowMs());
  }

  async end(id: string): Promise<boolean> {
    return this.table.take(id, this.clock.nowMs()) !== undefined;
  }

  async list(limit: number): Promise<readonly Session[]> {
    return this.table.newest(limit, this.clock.nowMs());
  }

  async count(): Promise<number> {
    return this.table.size;
  }

  reset(): void {
    this.table.clear();
  }
}
