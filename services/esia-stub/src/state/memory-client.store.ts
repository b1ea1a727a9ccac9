import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '../domain/client.js';
import { ClientStore, ClientStoreFull } from './client.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Clients live as long as the process; being configuration, they outlive an admin reset. */
@Injectable()
export class MemoryClientStore extends ClientStore {
  private readonly clients = new Map<string, Client>();

  constructor(@Inject(STORE_LIMITS) private readonly limits: StoreLimits) {
    super();
  }

  async put(client: Client): Promise<void> {
    const { mnemonic } = client;
    if (!this.clients.has(mnemonic) && this.clients.size >= this.limits.maxClients) throw new ClientStoreFull();
    this.clients.set(mnemonic, client);
  }

  async remove(mnemonic: string): Promise<boolean> {
    return this.clients.delete(mnemonic);
  }

  async find(mnemonic: string): Promise<Client | undefined> {
    return this.clients.get(mnemonic);
  }

  async list(): Promise<readonly Client[]> {
    return [...this.clients.values()].sort((left, right) => (left.mnemonic < right.mnemonic ? -1 : 1));
  }
}
