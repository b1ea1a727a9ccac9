import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin, State, type DocumentStore } from '@poligon/emulator-kit';
import { ConsentStore, type Consent } from './consent.store.js';
import { KEEP_FOR_MS } from './expiring.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

const keyOf = (personIndex: number, clientId: string): string => `${personIndex} ${clientId}`;

/** Consents in the state of the service. */
@ResetOnAdmin()
@Injectable()
export class KeptConsentStore extends ConsentStore {
  private readonly consents: DocumentStore<Consent>;

  constructor(@Inject(STORE_LIMITS) { maxOpen }: StoreLimits, state: State) {
    super();
    this.consents = state.documents({ table: 'esia.consent', keepForMs: KEEP_FOR_MS, maxInMemory: maxOpen });
  }

  /** Most logins agree to what was agreed to before: that is read and not written. */
  async give(consent: Consent): Promise<void> {
    if (await this.covers(consent)) return;
    const { personIndex, clientId, scopes } = consent;
    await this.consents.change(keyOf(personIndex, clientId), (current) => ({
      personIndex,
      clientId,
      scopes: [...new Set([...(current?.scopes ?? []), ...scopes])],
    }));
  }

  async covers({ personIndex, clientId, scopes }: Consent): Promise<boolean> {
    const given = await this.consents.find(keyOf(personIndex, clientId));
    return given !== undefined && scopes.every((scope) => given.scopes.includes(scope));
  }

  async withdraw(personIndex: number, clientId: string): Promise<boolean> {
    return (await this.consents.take(keyOf(personIndex, clientId))) !== undefined;
  }

  async list(limit: number): Promise<readonly Consent[]> {
    return (await this.consents.list({ order: 'newest', limit })).items.map(({ document }) => document);
  }

  count(): Promise<number> {
    return this.consents.count();
  }

  async reset(): Promise<void> {
    await this.consents.remove();
  }
}
