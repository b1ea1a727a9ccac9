import { Inject, Injectable } from '@nestjs/common';
import { Clock, ResetOnAdmin } from '@poligon/emulator-kit';
import type { AuthorizationRequest } from '../domain/grant.js';
import { ExpiringTable } from './expiring-table.js';
import { PendingLoginStore } from './pending-login.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Pending requests in memory. */
@ResetOnAdmin()
@Injectable()
export class MemoryPendingLoginStore extends PendingLoginStore {
  private readonly table: ExpiringTable<AuthorizationRequest>;

  constructor(
    @Inject(STORE_LIMITS) { maxOpen }: StoreLimits,
    private readonly clock: Clock,
  ) {
    super();
    this.table = new ExpiringTable(maxOpen);
  }

  async put(id: string, request: AuthorizationRequest, expiresAtMs: number): Promise<void> {
    this.table.put(id, request, expiresAtMs, this.clock.nowMs());
  }

  async find(id: string): Promise<AuthorizationRequest | undefined> {
    return this.table.get(id, this.clock.nowMs());
  }

  async finish(id: string): Promise<boolean> {
    return this.table.take(id, this.clock.nowMs()) !== undefined;
  }

  async count(): Promise<number> {
    return this.table.size;
  }

  reset(): void {
    this.table.clear();
  }
}
