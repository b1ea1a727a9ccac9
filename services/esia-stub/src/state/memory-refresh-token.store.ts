import { Inject, Injectable } from '@nestjs/common';
import { Clock, ResetOnAdmin } from '@poligon/emulator-kit';
import type { Grant } from '../domain/grant.js';
import { ExpiringTable } from './expiring-table.js';
import { RefreshTokenStore } from './refresh-token.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Refresh tokens in memory. */
@ResetOnAdmin()
@Injectable()
export class MemoryRefreshTokenStore extends RefreshTokenStore {
  private readonly table: ExpiringTable<Grant>;

  constructor(
    @Inject(STORE_LIMITS) { maxOpen }: StoreLimits,
    private readonly clock: Clock,
  ) {
    super();
    this.table = new ExpiringTable(maxOpen);
  }

  async issue(token: string, grant: Grant, expiresAtMs: number): Promise<void> {
    this.table.put(token, grant, expiresAtMs, this.clock.nowMs());
  }

  async find(token: string): Promise<Grant | undefined> {
    return this.table.get(token, this.clock.nowMs());
  }

  async redeem(token: string): Promise<Grant | undefined> {
    return this.table.take(token, this.clock.nowMs());
  }

  async count(): Promise<number> {
    return this.table.size;
  }

  reset(): void {
    this.table.clear();
  }
}
