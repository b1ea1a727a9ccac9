import type { StructureKind, StructureUnits } from '../domain/structure.js';

/** Legal entities, departments and positions of the tenant. */
export abstract class StructureStore {
  /** Adds a unit or replaces the one with its id. */
  abstract save<K extends StructureKind>(kind: K, unit: StructureUnits[K]): void;
  abstract byId<K extends StructureKind>(kind: K, id: string): StructureUnits[K] | undefined;
  abstract byExternalId<K extends StructureKind>(kind: K, externalId: string): StructureUnits[K] | undefined;
  /** All units in order of creation. */
  abstract list<K extends StructureKind>(kind: K): StructureUnits[K][];
}
