import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin, State, type DocumentStore } from '@poligon/emulator-kit';
import type { Grant } from '../domain/grant.js';
import { endsByItself, type Expiring } from './expiring.js';
import { RefreshTokenStore } from './refresh-token.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Refresh tokens in the state of the service: of all callers at all replicas one redeems a token. */
@ResetOnAdmin()
@Injectable()
export class KeptRefreshTokenStore extends RefreshTokenStore {
  private readonly grants: DocumentStore<Expiring<Grant>>;

  constructor(@Inject(STORE_LIMITS) { maxOpen }: StoreLimits, state: State) {
    super();
    this.grants = state.documents<Expiring<Grant>>({
      table: 'esia.refresh_token',
      ...endsByItself,
      maxInMemory: maxOpen,
    });
  }

  issue(token: string, value: Grant, expiresAtMs: number): Promise<void> {
    return this.grants.put(token, { value, expiresAtMs });
  }

  async find(token: string): Promise<Grant | undefined> {
    return (await this.grants.find(token))?.value;
  }

  async redeem(token: string): Promise<Grant | undefined> {
    return (await this.grants.take(token))?.value;
  }

  count(): Promise<number> {
    return this.grants.count();
  }

  async reset(): Promise<void> {
    await this.grants.remove();
  }
}
