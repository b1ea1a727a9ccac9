import type { ApplicationType, Department, DocumentType, RouteTemplate } from '@poligon/hrlink-api';
import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import type { Polling } from '../scenarios/poll-until.js';
import type { Staff } from '../scenarios/staff.js';
import type { World } from '../scenarios/world.js';
import { bulkSync } from './bulk-sync.js';

type Structure = Pick<World, 'legalEntityId' | 'departmentIds' | 'positionIds'>;
type Dictionaries = Pick<World, 'documentTypeId' | 'employeeOnlyRouteId' | 'applicationType'>;

/** Makes sure the run's legal entity, its departments and the positions exist; ids in the population's order. */
export async function ensureStructure(hr: HrlinkCaller, polling: Polling, staff: Staff): Promise<Structure> {
  const { organisation, population, organisationIndex } = staff;
  const { name, shortName, ogrn, inn, kpp, guid } = organisation;
  const entities = await bulkSync(hr, polling, 'LEGAL_ENTITIES', [
    { name, shortName, ogrn, inn, kpp, externalId: guid },
  ]);
  const departments = range(organisation.departments).map((index) => population.department(organisationIndex, index));
  const root = (await hr.call('departments')).get<Department[]>('items')?.find((each) => !each.parentDepartmentId);
  const departmentIds = await bulkSync(
    hr,
    polling,
    'CLIENT_DEPARTMENTS',
    departments.map((department) => ({
      name: department.name,
      externalId: department.guid,
      legalEntityExternalId: guid,
      ...(department.parentIndex === null
        ? { parentDepartmentId: root?.id ?? null }
        : { parentDepartmentExternalId: departments[department.parentIndex]?.guid }),
    })),
  );
  const positions = range(population.positions).map((index) => population.position(index));
  const positionItems = positions.map((position) => ({ externalId: position.guid, name: position.name }));
  const positionIds = await bulkSync(hr, polling, 'EMPLOYEE_POSITIONS', positionItems);
  return {
    legalEntityId: known(entities, guid, 'legal entity'),
    departmentIds: departments.map((department) => known(departmentIds, department.guid, 'department')),
    positionIds: positions.map((position) => known(positionIds, position.guid, 'position')),
  };
}

/** Reads the tenant's document types, routes and application types and chooses those the run works with. */
export async function readDictionaries(hr: HrlinkCaller, applicationsFromFile: boolean): Promise<Dictionaries> {
  const documentTypes = (await hr.call('documentTypes')).need<DocumentType[]>('items');
  const routes = (await hr.call('routeTemplates')).get<RouteTemplate[]>('items') ?? [];
  const applicationTypes = (await hr.call('applicationTypes')).get<ApplicationType[]>('items') ?? [];
  const documentType = documentTypes.find((type) => type.visible) ?? documentTypes[0];
  if (!documentType) throw new OperationFailure('no document types');
  return {
    documentTypeId: documentType.id,
    employeeOnlyRouteId: routes.find((route) => route.templateKey === 'EMPLOYEE_ONLY' && !route.deactivatedDate)?.id,
    applicationType: applicationTypes.find((type) => type.active && type.templatable !== applicationsFromFile),
  };
}

function known(ids: Map<string, string>, externalId: string, what: string): string {
  const id = ids.get(externalId);
  if (!id) throw new OperationFailure(`${what} without id`, externalId);
  return id;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
