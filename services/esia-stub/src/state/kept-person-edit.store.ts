import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ResetOnAdmin, State, type ResidentDocuments } from '@poligon/emulator-kit';
import type { PersonEdit } from '../domain/person-edit.js';
import { PersonEditStore, PersonEditStoreFull } from './person-edit.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Edits of accounts in the state of the service; all of them in memory, for every read of personal data asks for one. */
@ResetOnAdmin()
@Injectable()
export class KeptPersonEditStore extends PersonEditStore implements OnModuleInit {
  private readonly edits: ResidentDocuments<PersonEdit>;

  constructor(
    @Inject(STORE_LIMITS) private readonly limits: StoreLimits,
    state: State,
  ) {
    super();
    this.edits = state.resident({ table: 'esia.person_edit' });
  }

  onModuleInit(): Promise<void> {
    return this.edits.refresh();
  }

  async put(personIndex: number, edit: PersonEdit): Promise<void> {
    const key = String(personIndex);
    if (this.edits.get(key) === undefined && this.edits.size >= this.limits.maxOpen) throw new PersonEditStoreFull();
    await this.edits.put(key, edit);
  }

  async find(personIndex: number): Promise<PersonEdit | undefined> {
    return this.edits.size === 0 ? undefined : this.edits.get(String(personIndex));
  }

  remove(personIndex: number): Promise<boolean> {
    return this.edits.remove(String(personIndex));
  }

  async replaceAll(edits: readonly (readonly [number, PersonEdit])[]): Promise<void> {
    if (edits.length > this.limits.maxOpen) throw new PersonEditStoreFull();
    await this.edits.clear();
    await Promise.all(edits.map(([personIndex, edit]) => this.edits.put(String(personIndex), edit)));
  }

  async list(limit: number): Promise<readonly (readonly [number, PersonEdit])[]> {
    const all = [...this.edits.entries()].slice(-limit).reverse();
    return all.map(([key, edit]) => [Number(key), edit] as const);
  }

  reset(): Promise<void> {
    return this.edits.clear();
  }
}
