import type { Department as PortalDepartment, DepartmentInput } from '@poligon/hrlink-api';
import type { Department, Population } from '@poligon/people';
import { departmentItem, legalEntityItem, positionItem, type DepartmentParent } from '../protocol/hrlink/bulk-items.js';
import type { JobWork } from './job.js';

/** A Ref_Key no department has. */
const NOBODY = 'ffffffff-ffff-4fff-bfff-ffffffffffff';

type DepartmentMapper = (people: Population, department: Department, parent: DepartmentParent) => DepartmentInput;

export async function pushOrganisations({ bulk, staff }: JobWork): Promise<void> {
  await bulk.push('LEGAL_ENTITIES', [...staff.organisations()].map(legalEntityItem));
}

export async function pushPositions({ bulk, people }: JobWork): Promise<void> {
  const positions = Array.from({ length: people.positions }, (_, index) => positionItem(people.position(index)));
  await bulk.push('EMPLOYEE_POSITIONS', positions);
}

/** Sends all departments; HRLink has one root, so the roots of organisations hang on it unless one of them is it. */
export async function pushDepartments(work: JobWork, toItem: DepartmentMapper = departmentItem): Promise<void> {
  const ownRoot = await parentOfRoots(work);
  await work.bulk.push('CLIENT_DEPARTMENTS', departmentItems(work, ownRoot, toItem));
}

function* departmentItems(
  { people, staff, connection }: JobWork,
  parentOfRoot: (department: Department) => DepartmentParent,
  toItem: DepartmentMapper,
): Generator<DepartmentInput> {
  let orphans = connection.session.hints.orphanDepartments;
  for (const department of staff.departments()) {
    const { organisationIndex, parentIndex } = department;
    if (parentIndex === null) {
      yield toItem(people, department, parentOfRoot(department));
    } else {
      const guid = orphans-- > 0 ? NOBODY : people.department(organisationIndex, parentIndex).guid;
      yield toItem(people, department, { parentDepartmentExternalId: guid });
    }
  }
}

/** Where the root department of each organisation belongs on the portal. */
async function parentOfRoots(work: JobWork): Promise<(department: Department) => DepartmentParent> {
  const rows = (await work.connection.list('departments')) as readonly Partial<PortalDepartment>[];
  const root = rows.find((row) => (row?.parentDepartmentId ?? null) === null && typeof row?.id === 'string');
  const { firstOrganisation } = work.staff.selection;
  const first = work.people.department(firstOrganisation, 0);
  if (root === undefined) {
    return ({ guid }) => (guid === first.guid ? {} : { parentDepartmentExternalId: first.guid });
  }
  const rootGuid = await refKeyOfRoot(work, root, first);
  return ({ guid }) => (guid === rootGuid ? {} : { parentDepartmentId: root.id! });
}

/** Our department that is the portal's root, if one is; a portal that shows no externalId is matched by name. */
async function refKeyOfRoot(work: JobWork, root: Partial<PortalDepartment>, first: Department) {
  if (typeof root.externalId === 'string') return root.externalId;
  for (const department of work.staff.departments()) {
    if (department.parentIndex !== null) continue;
    const records = await work.exports.find(department.guid);
    if (records.some(({ hrlinkId }) => hrlinkId === root.id)) return department.guid;
  }
  return root.externalId === undefined && root.name === first.name ? first.guid : undefined;
}
