import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin, State, type DocumentStore } from '@poligon/emulator-kit';
import { PermissionStore, type GivenPermissions } from './permission.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

const keyOf = (personIndex: number, clientId: string): string => `${personIndex} ${clientId}`;

/** Consents of the digital profile in the state of the service. */
@ResetOnAdmin()
@Injectable()
export class KeptPermissionStore extends PermissionStore {
  private readonly given: DocumentStore<GivenPermissions>;

  constructor(@Inject(STORE_LIMITS) { maxOpen }: StoreLimits, state: State) {
    super();
    this.given = state.documents({
      table: 'esia.permission',
      expiresAtMs: ({ expiresAtMs }) => expiresAtMs,
      maxInMemory: maxOpen,
    });
  }

  give(given: GivenPermissions): Promise<void> {
    return this.given.put(keyOf(given.personIndex, given.clientId), given);
  }

  find(personIndex: number, clientId: string): Promise<GivenPermissions | undefined> {
    return this.given.find(keyOf(personIndex, clientId));
  }

  async withdraw(personIndex: number, clientId: string): Promise<boolean> {
    return (await this.given.take(keyOf(personIndex, clientId))) !== undefined;
  }

  async list(limit: number): Promise<readonly GivenPermissions[]> {
    return (await this.given.list({ order: 'newest', limit })).items.map(({ document }) => document);
  }

  count(): Promise<number> {
    return this.given.count();
  }

  async reset(): Promise<void> {
    await this.given.remove();
  }
}
