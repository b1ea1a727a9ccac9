import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, ResetOnAdmin, type Resettable } from '@poligon/emulator-kit';
import type { CaConfig } from '../config.js';
import type { Revocation } from '../domain/revocation.js';
import { BoundedMap } from './bounded-map.js';
import { RevocationStore } from './revocation.store.js';

/** Reference implementation; beyond the bound the oldest give way. */
@Injectable()
@ResetOnAdmin()
export class MemoryRevocationStore extends RevocationStore implements Resettable {
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

  async clear(): Promise<void> {
    this.revocations.clear();
  }

  reset(): Promise<void> {
    return this.clear();
  }
}
