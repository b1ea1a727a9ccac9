/** Legal entities, departments and positions: what employees hang on (spec 2.3). */
export interface LegalEntity {
  readonly id: string;
  externalId: string | null;
  name: string;
  shortName: string;
  ogrn: string | null;
  inn: string | null;
  kpp: string | null;
}

export interface Department {
  readonly id: string;
  externalId: string | null;
  name: string;
  /** Null for the only root. */
  parentId: string | null;
  legalEntityId: string | null;
  headManagerId: string | null;
}

export interface Position {
  readonly id: string;
  externalId: string | null;
  name: string;
  version: number;
}

export interface StructureUnits {
  legalEntity: LegalEntity;
  department: Department;
  position: Position;
}

export type StructureKind = keyof StructureUnits;
