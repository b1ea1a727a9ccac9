import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import { ConsentStore, type Consent } from './consent.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

const keyOf = (personIndex: number, clientId: string): string => `${personIndex} ${clientId}`;

/** Consents in memory; beyond the bound the oldest must be given again. */
@ResetOnAdmin()
@Injectable()
export class MemoryConsentStore extends ConsentStore {
  private readonly scopes = new Map<string, ReadonlySet<string>>();

  constructor(@Inject(STORE_LIMITS) private readonly limits: StoreLimits) {
    super();
  }

  async give({ personIndex, clientId, scopes }: Consent): Promise<void> {
    const key = keyOf(personIndex, clientId);
    const all = new Set([...(this.scopes.get(key) ?? []), ...scopes]);
    this.scopes.delete(key);
    const [oldest] = this.scopes.keys();
    if (this.scopes.size >= this.limits.maxOpen && oldest !== undefined) this.scopes.delete(oldest);
    this.scopes.set(key, all);
  }

  async covers({ personIndex, clientId, scopes }: Consent): Promise<boolean> {
    const given = this.scopes.get(keyOf(personIndex, clientId));
    return given !== undefined && scopes.every((scope) => given.has(scope));
  }

  async withdraw(personIndex: number, clientId: string): Promise<boolean> {
    return this.scopes.delete(keyOf(personIndex, clientId));
  }

  async list(limit: number): Promise<readonly Consent[]> {
    return [...this.scopes]
      .slice(-limit)
      .reverse()
      .map(([key, scopes]) => {
        const [personIndex, clientId = ''] = key.split(' ');
        return { personIndex: Number(personIndex), clientId, scopes: [...scopes] };
      });
  }

  async count(): Promise<number> {
    return this.scopes.size;
  }

  reset(): void {
    this.scopes.clear();
  }
}
