import { Inject, Injectable } from '@nestjs/common';
import { Clock, ResetOnAdmin } from '@poligon/emulator-kit';
import type { CodeGrant } from '../domain/grant.js';
import { CodeStore, type CodeState } from './code.store.js';
import { ExpiringTable } from './expiring-table.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** A used or expired code is remembered this long, to tell it from one never issued. */
const REMEMBERED_MS = 600_000;

interface Row {
  readonly grant: CodeGrant;
  readonly expiresAtMs: number;
  readonly isUsed: boolean;
}

/** Codes in memory. */
@ResetOnAdmin()
@Injectable()
export class MemoryCodeStore extends CodeStore {
  private readonly table: ExpiringTable<Row>;

  constructor(
    @Inject(STORE_LIMITS) { maxOpen }: StoreLimits,
    private readonly clock: Clock,
  ) {
    super();
    this.table = new ExpiringTable(maxOpen);
  }

  async issue(key: string, grant: CodeGrant, expiresAtMs: number): Promise<void> {
    this.keep(key, { grant, expiresAtMs, isUsed: false });
  }

  async find(key: string): Promise<CodeState> {
    const nowMs = this.clock.nowMs();
    const row = this.table.get(key, nowMs);
    if (row === undefined) return { state: 'unknown' };
    if (row.isUsed) return { state: 'used' };
    return row.expiresAtMs <= nowMs ? { state: 'expired' } : { state: 'fresh', grant: row.grant };
  }

  async redeem(key: string): Promise<CodeState> {
    const nowMs = this.clock.nowMs();
    const row = this.table.get(key, nowMs);
    // Read and marked before anything is awaited: simultaneous calls must not both see it fresh.
    if (row !== undefined && !row.isUsed) this.keep(key, { ...row, isUsed: true });
    if (row === undefined) return { state: 'unknown' };
    if (row.isUsed) return { state: 'used' };
    return row.expiresAtMs <= nowMs ? { state: 'expired' } : { state: 'fresh', grant: row.grant };
  }

  async count(): Promise<number> {
    return this.table.size;
  }

  reset(): void {
    this.table.clear();
  }

  private keep(key: string, row: Row): void {
    this.table.put(key, row, row.expiresAtMs + REMEMBERED_MS, this.clock.nowMs());
  }
}
