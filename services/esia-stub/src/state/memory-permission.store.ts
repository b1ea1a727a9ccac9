import { Inject, Injectable } from '@nestjs/common';
import { Clock, ResetOnAdmin } from '@poligon/emulator-kit';
import { ExpiringTable } from './expiring-table.js';
import { PermissionStore, type GivenPermissions } from './permission.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

const keyOf = (personIndex: number, clientId: string): string => `${personIndex} ${clientId}`;

/** Consents of the digital profile in memory. */
@ResetOnAdmin()
@Injectable()
export class MemoryPermissionStore extends PermissionStore {
  private readonly table: ExpiringTable<GivenPermissions>;

  constructor(
    @Inject(STORE_LIMITS) { maxOpen }: StoreLimits,
    private readonly clock: Clock,
  ) {
    super();
    this.table = new ExpiringTable(maxOpen);
  }

  async give(given: GivenPermissions): Promise<void> {
    this.table.put(keyOf(given.personIndex, given.clientId), given, given.expiresAtMs, this.clock.nowMs());
  }

  async find(personIndex: number, clientId: string): Promise<GivenPermissions | undefined> {
    return this.table.get(keyOf(personIndex, clientId), this.clock.nowMs());
  }

  async withdraw(personIndex: number, clientId: string): Promise<boolean> {
    return this.table.take(keyOf(personIndex, clientId), this.clock.nowMs()) !== undefined;
  }

  async list(limit: number): Promise<readonly GivenPermissions[]> {
    return this.table.newest(limit, this.clock.nowMs());
  }

  async count(): Promise<number> {
    return this.table.size;
  }

  reset(): void {
    this.table.clear();
  }
}
