import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { Revocation } from '../domain/revocation.js';
import { BoundedMap } from './bounded-map.js';
import { RevocationStore } from './revocation.store.js';

/** Reference implementation; beyond the bound the oldest give way. */
@Injectable()
export class MemoryRevocationStore extends RevocationStore {
  private readonly revocations: BoundedMap<Revocation>;

  constructor(@Inject(CONFIG) config: Pick<CaConfig, 'maxRevocations'>) {
    super();
    this.revocations = new BoundedMap(config.maxRevocations);
  }

  async add(revocation: Revocation): Promise<void> {
    this.revocations.delete(revocation.serialHex);
    this.revocations.add(revocation.serialHex, revocation);
  }

  async find(serialHex: string): Promise<Revocation | undefined> {
    return this.revocations.get(serialHex);
  }

  async remove(serialHex: string): Promise<boolean> {
    return this.revocations.delete(serialHex);
  }

  async all(): Promise<readonly Revocation[]> {
    return this.revocations.all();
  }

  forget(): void {
    this.revocations.clear();
  }

  async clear(): Promise<void> {
    this.revocations.clear();
  }
}
