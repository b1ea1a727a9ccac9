import type { ApplicationType, Department, DocumentType, RouteTemplate } from '@poligon/hrlink-api';
import type { HrlinkCaller } from '../hrlink/hrlink-caller.js';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import type { Polling } from '../scenarios/poll-until.js';
import type { Staff } from '../scenarios/staff.js';
import type { WorkUnit, World } from '../scenarios/world.js';
import { bulkSync } from './bulk-sync.js';

type Dictionaries = Pick<World, 'documentTypeId' | 'employeeOnlyRouteId' | 'applicationType'>;

const ROOT_EXTERNAL_ID = 'poligon-root';

/** Makes sure the run's legal entities, their departments and the positions exist. Throws OperationFailure. */
export async function ensureStructure(
  hr: HrlinkCaller,
  polling: Polling,
  staffs: readonly Staff[],
): Promise<WorkUnit[]> {
  const entities = await bulkSync(
    hr,
    polling,
    'LEGAL_ENTITIES',
    staffs.map(({ organisation: { name, shortName, ogrn, inn, kpp, guid } }) => {
      return { name, shortName, ogrn, inn, kpp, externalId: guid };
    }),
  );
  const rootId = await ensureRoot(hr, polling);
  const positionIds = await ensurePositions(hr, polling, staffs);
  const units: WorkUnit[] = [];
  for (const staff of staffs) {
    const legalEntityId = known(entities, staff.organisation.guid, 'legal entity');
    const departmentIds = await ensureDepartments(hr, polling, staff, rootId);
    units.push({ staff, legalEntityId, departmentIds, positionIds });
  }
  return units;
}

/** A tenant has exactly one department without a parent (spec hrlink.md 2.3); an empty tenant gets one of the run's own. */
async function ensureRoot(hr: HrlinkCaller, polling: Polling): Promise<string> {
  const existing = await findRoot(hr);
  if (existing) return existing;
  try {
    const ids = await bulkSync(hr, polling, 'CLIENT_DEPARTMENTS', [{ name: 'Полигон', externalId: ROOT_EXTERNAL_ID }]);
    return known(ids, ROOT_EXTERNAL_ID, 'root department');
  } catch (error) {
    // 1C may have made the root in between.
    const made = await findRoot(hr);
    if (made) return made;
    throw error;
  }
}

async function findRoot(hr: HrlinkCaller): Promise<string | undefined> {
  const departments = (await hr.call('departments')).get<Department[]>('items') ?? [];
  return departments.find((department) => !department.parentDepartmentId)?.id;
}

async function ensureDepartments(hr: HrlinkCaller, polling: Polling, staff: Staff, rootId: string) {
  const { organisation, population, organisationIndex } = staff;
  const departments = range(organisation.departments).map((index) => population.department(organisationIndex, index));
  const ids = await bulkSync(
    hr,
    polling,
    'CLIENT_DEPARTMENTS',
    departments.map((department) => ({
      name: department.name,
      externalId: department.guid,
      legalEntityExternalId: organisation.guid,
      ...(department.parentIndex === null
        ? { parentDepartmentId: rootId }
        : { parentDepartmentExternalId: departments[department.parentIndex]?.guid }),
    })),
  );
  return departments.map((department) => known(ids, department.guid, 'department'));
}

async function ensurePositions(hr: HrlinkCaller, polling: Polling, staffs: readonly Staff[]): Promise<string[]> {
  const population = staffs[0]?.population;
  if (!population) return [];
  const positions = range(population.positions).map((index) => population.position(index));
  const items = positions.map(({ guid, name }) => ({ externalId: guid, name }));
  const ids = await bulkSync(hr, polling, 'EMPLOYEE_POSITIONS', items);
  return positions.map((position) => known(ids, position.guid, 'position'));
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
