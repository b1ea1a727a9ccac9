import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin, State, type DocumentStore } from '@poligon/emulator-kit';
import { endsByItself, type Expiring } from './expiring.js';
import { RevocationStore } from './revocation.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Revocations in the state of the service. */
@ResetOnAdmin()
@Injectable()
export class KeptRevocationStore extends RevocationStore {
  private readonly marks: DocumentStore<Expiring<number>>;

  constructor(@Inject(STORE_LIMITS) { maxOpen }: StoreLimits, state: State) {
    super();
    this.marks = state.documents<Expiring<number>>({ table: 'esia.revocation', ...endsByItself, maxInMemory: maxOpen });
  }

  revoke(key: string, value: number, expiresAtMs: number): Promise<void> {
    return this.marks.put(key, { value, expiresAtMs });
  }

  async find(key: string): Promise<number | undefined> {
    return (await this.marks.find(key))?.value;
  }

  count(): Promise<number> {
    return this.marks.count();
  }

  async reset(): Promise<void> {
    await this.marks.remove();
  }
}
