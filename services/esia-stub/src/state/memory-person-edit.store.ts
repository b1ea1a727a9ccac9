import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import type { PersonEdit } from '../domain/person-edit.js';
import { PersonEditStore, PersonEditStoreFull } from './person-edit.store.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Edits of accounts in memory. */
@ResetOnAdmin()
@Injectable()
export class MemoryPersonEditStore extends PersonEditStore {
  private readonly edits = new Map<number, PersonEdit>();

  constructor(@Inject(STORE_LIMITS) private readonly limits: StoreLimits) {
    super();
  }

  async put(personIndex: number, edit: PersonEdit): Promise<void> {
    if (!this.edits.has(personIndex) && this.edits.size >= this.limits.maxOpen) throw new PersonEditStoreFull();
    this.edits.set(personIndex, edit);
  }

  async find(personIndex: number): Promise<PersonEdit | undefined> {
    return this.edits.get(personIndex);
  }

  async remove(personIndex: number): Promise<boolean> {
    return this.edits.delete(personIndex);
  }

  async replaceAll(edits: readonly (readonly [number, PersonEdit])[]): Promise<void> {
    if (edits.length > this.limits.maxOpen) throw new PersonEditStoreFull();
    this.edits.clear();
    for (const [personIndex, edit] of edits) this.edits.set(personIndex, edit);
  }

  async list(limit: number): Promise<readonly (readonly [number, PersonEdit])[]> {
    return [...this.edits].slice(-limit).reverse();
  }

  reset(): void {
    this.edits.clear();
  }
}
