import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import { OrgAccessStore } from './org-access.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

const keyOf = (clientId: string, orgOid: number): string => `${orgOid} ${clientId}`;

/** Organisations open to clients, in memory; the oldest give way. */
@ResetOnAdmin()
@Injectable()
export class MemoryOrgAccessStore extends OrgAccessStore {
  private readonly keys = new Set<string>();

  constructor(@Inject(STORE_LIMITS) private readonly limits: StoreLimits) {
    super();
  }

  async open(clientId: string, orgOid: number): Promise<void> {
    const key = keyOf(clientId, orgOid);
    this.keys.delete(key);
    const [oldest] = this.keys;
    if (this.keys.size >= this.limits.maxOpen && oldest !== undefined) this.keys.delete(oldest);
    this.keys.add(key);
  }

  async isOpen(clientId: string, orgOid: number): Promise<boolean> {
    return this.keys.has(keyOf(clientId, orgOid));
  }

  async count(): Promise<number> {
    return this.keys.size;
  }

  reset(): void {
    this.keys.clear();
  }
}
