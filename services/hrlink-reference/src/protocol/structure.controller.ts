import { Controller } from '@nestjs/common';
import { departmentItem, legalEntityItem, positionItem } from '../flow/bulk-item.js';
import { BulkItems } from '../flow/bulk-items.js';
import { StructureStore } from '../state/structure.store.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { BodyOf } from './input.decorator.js';
import { success } from './success.js';

type Fields = Readonly<Record<string, unknown>>;

/** Legal entities, departments and positions one by one (spec 2.3); the rules are those of the bulk sync. */
@Controller()
export class StructureController {
  constructor(
    private readonly store: StructureStore,
    private readonly items: BulkItems,
  ) {}

  @HrlinkRoute('legalEntities', { about: 'legal entities of the tenant', access: 'any' })
  legalEntities() {
    const legalEntities = this.store
      .list('legalEntity')
      .map(({ id, name, shortName, externalId }) => ({ id, name, shortName, externalId }));
    return success({ legalEntities });
  }

  @HrlinkRoute('legalEntities.create', { about: 'adds a legal entity' })
  createLegalEntity(@BodyOf(legalEntityItem) body: Fields) {
    return success({ legalEntity: { id: this.items.apply('LEGAL_ENTITIES', body).id } });
  }

  @HrlinkRoute('departments', { about: 'departments with one root', access: 'any' })
  departments() {
    const clientDepartments = this.store
      .list('department')
      .map(({ id, name, parentId, externalId }) => ({ id, name, parentDepartmentId: parentId, externalId }));
    return success({ clientDepartments });
  }

  @HrlinkRoute('departments.create', { about: 'adds a department' })
  createDepartment(@BodyOf(departmentItem) body: Fields) {
    return success({ clientDepartment: { id: this.items.apply('CLIENT_DEPARTMENTS', body).id } });
  }

  @HrlinkRoute('employeePositions', { about: 'positions', access: 'any' })
  positions() {
    const employeePositions = this.store
      .list('position')
      .map(({ id, name, externalId, version }) => ({ id, name, externalId, version }));
    return success({ employeePositions });
  }

  @HrlinkRoute('employeePositions.create', { about: 'adds a position' })
  createPosition(@BodyOf(positionItem) body: Fields) {
    return success({ employeePosition: { id: this.items.apply('EMPLOYEE_POSITIONS', body).id } });
  }
}
