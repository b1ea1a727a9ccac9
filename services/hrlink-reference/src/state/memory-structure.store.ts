import { Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import type { StructureKind, StructureUnits } from '../domain/structure.js';
import { BoundedTable } from './bounded-table.js';
import { StructureStore } from './structure.store.js';

const LIMIT = 200_000;

/** Structure in memory; nothing is ever over, so a full table refuses. */
@ResetOnAdmin()
@Injectable()
export class MemoryStructureStore extends StructureStore {
  private readonly tables = new Map<StructureKind, BoundedTable<StructureUnits[StructureKind]>>();
  private readonly externalIds = new Map<string, string>();

  save<K extends StructureKind>(kind: K, unit: StructureUnits[K]): void {
    this.table(kind).put(unit);
    if (unit.externalId !== null) this.externalIds.set(`${kind}/${unit.externalId}`, unit.id);
  }

  byId<K extends StructureKind>(kind: K, id: string): StructureUnits[K] | undefined {
    return this.table(kind).get(id) as StructureUnits[K] | undefined;
  }

  byExternalId<K extends StructureKind>(kind: K, externalId: string): StructureUnits[K] | undefined {
    const id = this.externalIds.get(`${kind}/${externalId}`);
    return id === undefined ? undefined : this.byId(kind, id);
  }

  list<K extends StructureKind>(kind: K): StructureUnits[K][] {
    return [...this.table(kind).values()] as StructureUnits[K][];
  }

  reset(): void {
    this.tables.clear();
    this.externalIds.clear();
  }

  private table(kind: StructureKind): BoundedTable<StructureUnits[StructureKind]> {
    let table = this.tables.get(kind);
    if (table === undefined) this.tables.set(kind, (table = new BoundedTable({ limit: LIMIT, isOver: () => false })));
    return table;
  }
}
