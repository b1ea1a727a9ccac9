import { Inject, Injectable } from '@nestjs/common';
import { Clock, ResetOnAdmin } from '@poligon/emulator-kit';
import { ExpiringTable } from './expiring-table.js';
import { RevocationStore } from './revocation.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Revocations in memory. */
@ResetOnAdmin()
@Injectable()
export class MemoryRevocationStore extends RevocationStore {
  private readonly table: ExpiringTable<number>;

  constructor(
    @Inject(STORE_LIMITS) { maxOpen }: StoreLimits,
    private readonly clock: Clock,
  ) {
    super();
    this.table = new ExpiringTable(maxOpen);
  }

  async revoke(key: string, revokedAtMs: number, forgetAtMs: number): Promise<void> {
    this.table.put(key, revokedAtMs, forgetAtMs, this.clock.nowMs());
  }

  async find(key: string): Promise<number | undefined> {
    return this.table.get(key, this.clock.nowMs());
  }

  async count(): Promise<number> {
    return this.table.size;
  }

  reset(): void {
    this.table.clear();
  }
}
