import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin, State, type DocumentStore } from '@poligon/emulator-kit';
import { KEEP_FOR_MS } from './expiring.js';
import { OrgAccessStore } from './org-access.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

interface OpenOrganisation {
  readonly clientId: string;
  readonly orgOid: number;
}

const keyOf = (clientId: string, orgOid: number): string => `${orgOid} ${clientId}`;

/** Organisations open to clients, in the state of the service. */
@ResetOnAdmin()
@Injectable()
export class KeptOrgAccessStore extends OrgAccessStore {
  private readonly organisations: DocumentStore<OpenOrganisation>;

  constructor(@Inject(STORE_LIMITS) { maxOpen }: StoreLimits, state: State) {
    super();
    this.organisations = state.documents({
      table: 'esia.org_access',
      staleMs: Infinity,
      keepForMs: KEEP_FOR_MS,
      maxInMemory: maxOpen,
    });
  }

  async open(clientId: string, orgOid: number): Promise<void> {
    if (!(await this.isOpen(clientId, orgOid)))
      await this.organisations.put(keyOf(clientId, orgOid), { clientId, orgOid });
  }

  async isOpen(clientId: string, orgOid: number): Promise<boolean> {
    return (await this.organisations.find(keyOf(clientId, orgOid))) !== undefined;
  }

  count(): Promise<number> {
    return this.organisations.count();
  }

  async reset(): Promise<void> {
    await this.organisations.remove();
  }
}
