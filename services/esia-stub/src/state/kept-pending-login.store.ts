import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin, State, type DocumentStore } from '@poligon/emulator-kit';
import type { AuthorizationRequest } from '../domain/grant.js';
import { endsByItself, type Expiring } from './expiring.js';
import { PendingLoginStore } from './pending-login.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Pending requests in the state of the service. */
@ResetOnAdmin()
@Injectable()
export class KeptPendingLoginStore extends PendingLoginStore {
  private readonly requests: DocumentStore<Expiring<AuthorizationRequest>>;

  constructor(@Inject(STORE_LIMITS) { maxOpen }: StoreLimits, state: State) {
    super();
    this.requests = state.documents<Expiring<AuthorizationRequest>>({
      table: 'esia.pending_login',
      ...endsByItself,
      maxInMemory: maxOpen,
    });
  }

  put(id: string, value: AuthorizationRequest, expiresAtMs: number): Promise<void> {
    return this.requests.put(id, { value, expiresAtMs });
  }

  async find(id: string): Promise<AuthorizationRequest | undefined> {
    return (await this.requests.find(id))?.value;
  }

  async finish(id: string): Promise<boolean> {
    return (await this.requests.take(id)) !== undefined;
  }

  count(): Promise<number> {
    return this.requests.count();
  }

  async reset(): Promise<void> {
    await this.requests.remove();
  }
}
