import { Injectable } from '@nestjs/common';
import type { BulkType } from '@poligon/hrlink-api';
import type { z } from 'zod';
import { found } from '../domain/refusal.js';
import { ClientUserStore } from '../state/people.store.js';
import {
  clientUserItem,
  departmentItem,
  legalEntityItem,
  positionItem,
  type RawItem,
  readItem,
  vacationsItem,
} from './bulk-item.js';
import { PeopleDirectory } from './people-directory.js';
import { assignChanges, type Change, StructureDirectory } from './structure-directory.js';

export interface ItemResult {
  readonly id: string;
  readonly change: Change;
}

/** What each bulk type does with one item. */
@Injectable()
export class BulkItems {
  private readonly byType: Readonly<Record<BulkType, (item: RawItem) => ItemResult>> = {
    LEGAL_ENTITIES: (item) => this.legalEntity(item),
    CLIENT_DEPARTMENTS: (item) => this.department(item),
    EMPLOYEE_POSITIONS: (item) => this.position(item),
    CLIENT_USERS: (item) => this.person(item),
    CLIENT_USERS_V5: (item) => this.person(item),
    EMPLOYEE_VACATIONS_PLANNING: (item) => this.vacations(item),
  };

  constructor(
    private readonly structure: StructureDirectory,
    private readonly people: PeopleDirectory,
    private readonly users: ClientUserStore,
  ) {}

  /** Applies one item. Refuses in words that become the item's `errorMessage`. */
  apply(type: BulkType, item: RawItem): ItemResult {
    return this.byType[type](item);
  }

  private legalEntity(raw: RawItem): ItemResult {
    const item = readItem(legalEntityItem, raw);
    const { unit, change } = this.structure.saveLegalEntity({
      id: item.id ?? null,
      externalId: item.externalId ?? null,
      name: item.name,
      shortName: item.shortName ?? item.name,
      ogrn: item.ogrn ?? null,
      inn: item.inn ?? null,
      kpp: item.kpp ?? null,
    });
    return { id: unit.id, change };
  }

  private department(raw: RawItem): ItemResult {
    const item = readItem(departmentItem, raw);
    const parent = this.structure.resolve('department', {
      id: item.parentDepartmentId,
      externalId: item.parentDepartmentExternalId,
    });
    const legalEntity = this.structure.resolve('legalEntity', {
      id: item.legalEntityId,
      externalId: item.legalEntityExternalId,
    });
    const { unit, change } = this.structure.saveDepartment({
      externalId: item.externalId ?? null,
      name: item.name,
      parentId: parent?.id ?? null,
      legalEntityId: legalEntity?.id,
      headManagerId: this.headManager(item),
    });
    return { id: unit.id, change };
  }

  /** Undefined when the item says nothing of a head: then he stays (1C sends structure and heads apart). */
  private headManager(item: z.output<typeof departmentItem>): string | undefined {
    if (!item.headManagerId && !item.headManagerExternalId) return undefined;
    return this.people.employee({ id: item.headManagerId, externalId: item.headManagerExternalId }).id;
  }

  private position(raw: RawItem): ItemResult {
    const item = readItem(positionItem, raw);
    const { unit, change } = this.structure.savePosition({ name: item.name, externalId: item.externalId ?? null });
    return { id: unit.id, change };
  }

  private person(raw: RawItem): ItemResult {
    const item = readItem(clientUserItem, raw);
    const { user, change } = this.people.saveUser(item);
    const changes = (item.employees ?? []).map((employee) => this.employee(user.id, employee));
    const isChanged = changes.some((one) => one !== 'not-modified');
    return { id: user.id, change: change === 'not-modified' && isChanged ? 'updated' : change };
  }

  private employee(
    clientUserId: string,
    item: NonNullable<z.output<typeof clientUserItem>['employees']>[number],
  ): Change {
    const unitId = (kind: 'legalEntity' | 'department' | 'position', externalId: string): string =>
      found(this.structure.resolve(kind, { externalId }), kind).id;
    const { change } = this.people.saveEmployee({
      externalId: item.externalId,
      clientUserId,
      legalEntityId: unitId('legalEntity', item.legalEntityExternalId),
      departmentId: unitId('department', item.departmentExternalId),
      positionId: unitId('position', item.positionExternalId),
      roleIds: item.roleIds ?? undefined,
      number: item.number ?? null,
      availableVacationDayCount: item.availableVacationDayCount ?? null,
    });
    return change;
  }

  /** Named by the employee's externalId (spec 2.4), in a legal entity when one is given. */
  private vacations(raw: RawItem): ItemResult {
    const item = readItem(vacationsItem, raw);
    const legalEntity = this.structure.resolve('legalEntity', { externalId: item.legalEntityExternalId });
    const employee = this.people.employee({ externalId: item.externalId }, legalEntity?.id);
    const user = this.people.user(employee.clientUserId);
    const isChanged = assignChanges(user, { vacations: item.availableVacationsPlanning });
    this.users.save(user);
    return { id: employee.id, change: isChanged ? 'updated' : 'not-modified' };
  }
}
