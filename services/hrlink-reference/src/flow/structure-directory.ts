import { Injectable } from '@nestjs/common';
import { Ids } from '@poligon/emulator-kit';
import { found } from '../domain/refusal.js';
import type { Department, LegalEntity, Position, StructureKind, StructureUnits } from '../domain/structure.js';
import { StructureStore } from '../state/structure.store.js';

export type Change = 'created' | 'updated' | 'not-modified';
export interface Upserted<T> {
  readonly unit: T;
  readonly change: Change;
}

/** A unit named by HRlink's id or by the client's. */
export interface UnitName {
  readonly id?: string | null | undefined;
  readonly externalId?: string | null | undefined;
}

/** A department as clients send it; what is left out stays as it is. */
export interface DepartmentFields {
  readonly externalId: string | null;
  readonly name: string;
  readonly parentId: string | null;
  readonly legalEntityId?: string | null | undefined;
  readonly headManagerId?: string | null | undefined;
}

/** Legal entities, departments and positions: creation and the upsert of the bulk sync. */
@Injectable()
export class StructureDirectory {
  constructor(
    private readonly store: StructureStore,
    private readonly ids: Ids,
  ) {}

  /** The named unit, or undefined when no name is given. Refuses with `notFound` for an unknown name. */
  resolve<K extends StructureKind>(kind: K, name: UnitName): StructureUnits[K] | undefined {
    if (name.id) return found(this.store.byId(kind, name.id), kind);
    if (name.externalId) return found(this.store.byExternalId(kind, name.externalId), kind);
    return undefined;
  }

  saveLegalEntity(fields: Omit<LegalEntity, 'id'> & { id?: string | null }): Upserted<LegalEntity> {
    const { id, ...rest } = fields;
    return this.upsert('legalEntity', id ?? null, rest);
  }

  /** A tenant has exactly one root (spec 2.3): a department that names no parent joins it, the first one is it. */
  saveDepartment(fields: DepartmentFields): Upserted<Department> {
    const known = this.known('department', null, fields.externalId);
    const given = { ...fields, parentId: fields.parentId ?? this.rootOver(known?.id) };
    const blank = known === undefined ? { legalEntityId: null, headManagerId: null } : {};
    return this.upsert('department', null, { ...blank, ...present(given) } as Omit<Department, 'id'>);
  }

  savePosition(fields: Omit<Position, 'id' | 'version'>): Upserted<Position> {
    const result = this.upsert('position', null, { version: 0, ...this.versionOf(fields.externalId), ...fields });
    if (result.change !== 'not-modified') result.unit.version += 1;
    return result;
  }

  /** True when the employee heads a department. */
  isHeadOfDepartment(employeeId: string): boolean {
    return this.store.list('department').some((department) => department.headManagerId === employeeId);
  }

  /** Id of the tenant's root; null when there is none or it is the department itself. */
  private rootOver(departmentId: string | undefined): string | null {
    const root = this.store.list('department').find((department) => department.parentId === null);
    return root === undefined || root.id === departmentId ? null : root.id;
  }

  private versionOf(externalId: string | null): { version: number } | undefined {
    const known = externalId === null ? undefined : this.store.byExternalId('position', externalId);
    return known === undefined ? undefined : { version: known.version };
  }

  private upsert<K extends StructureKind>(
    kind: K,
    id: string | null,
    fields: Omit<StructureUnits[K], 'id'> & { externalId: string | null },
  ): Upserted<StructureUnits[K]> {
    const known = this.known(kind, id, fields.externalId);
    if (known === undefined) {
      const unit = { ...fields, id: this.ids.uuid() } as unknown as StructureUnits[K];
      this.store.save(kind, unit);
      return { unit, change: 'created' };
    }
    if (!assignChanges(known, fields)) return { unit: known, change: 'not-modified' };
    this.store.save(kind, known);
    return { unit: known, change: 'updated' };
  }

  private known<K extends StructureKind>(
    kind: K,
    id: string | null,
    externalId: string | null,
  ): StructureUnits[K] | undefined {
    if (id !== null) return found(this.store.byId(kind, id), kind);
    return externalId === null ? undefined : this.store.byExternalId(kind, externalId);
  }
}

/** The fields that were given. */
function present(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Copies `fields` into `target`; returns whether anything changed. Undefined leaves a field alone; nested values are compared by content. */
export function assignChanges(target: object, fields: object): boolean {
  let isChanged = false;
  for (const [key, value] of Object.entries(fields)) {
    const current = (target as Record<string, unknown>)[key];
    if (value === undefined || JSON.stringify(current) === JSON.stringify(value)) continue;
    (target as Record<string, unknown>)[key] = value;
    isChanged = true;
  }
  return isChanged;
}
