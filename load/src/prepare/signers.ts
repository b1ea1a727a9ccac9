import type { BulkClientUser, EmployeeRow, UserCertificate } from '@poligon/hrlink-api';
import type { Person } from '@poligon/people';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import { acceptInvitation, issueCertificate } from '../scenarios/certificate-issue.js';
import { personCard } from '../scenarios/person-card.js';
import type { ScenarioContext } from '../scenarios/scenario.js';
import { polling } from '../scenarios/scenario.js';
import type { Staff } from '../scenarios/staff.js';
import type { Signer } from '../scenarios/world.js';
import { homeOf } from '../scenarios/world.js';
import { bulkSync } from './bulk-sync.js';

/** The people who will sign: a range of the staff list, the same in every run. */
export function signerPeople(staff: Staff, from: number, count: number): Person[] {
  if (from + count > staff.headcount) {
    throw new OperationFailure('too few employees', `staff list has ${staff.headcount}, ${from + count} needed`);
  }
  return Array.from({ length: count }, (_, nth) => staff.at(from + nth));
}

/** Enters the people into HRLink as its 1C integration does and gives their ids there. */
export async function enterPeople(context: ScenarioContext, people: readonly Person[]): Promise<Signer[]> {
  const { hr, world } = context;
  const { population, organisation, organisationIndex } = homeOf(world).staff;
  const items = people.map((person): BulkClientUser => ({
    ...personCard(person),
    externalId: person.personGuid,
    employees: [
      {
        externalId: person.employeeGuid,
        legalEntityExternalId: organisation.guid,
        departmentExternalId: population.department(organisationIndex, person.departmentIndex).guid,
        positionExternalId: population.position(person.positionIndex).guid,
        number: person.personnelNumber,
        mainWorkplace: true,
      },
    ],
  }));
  const userIds = await bulkSync(hr, polling(context), 'CLIENT_USERS_V5', items);
  const rows = (await hr.call('employees')).need<EmployeeRow[]>('items');
  const employeeIds = new Map<string, string>();
  for (const row of rows) {
    for (const post of row.legalEntities) if (post.externalId) employeeIds.set(post.externalId, post.employeeId);
  }
  return people.map((person) => {
    const clientUserId = userIds.get(person.personGuid);
    const employeeId = employeeIds.get(person.employeeGuid);
    if (!clientUserId || !employeeId) throw new OperationFailure('employee without id', person.employeeGuid);
    return { person, clientUserId, employeeId };
  });
}

/** Brings one signer to the state «certificate issued»; true when there was something to do. */
export async function ensureCertificate(context: ScenarioContext, signer: Signer): Promise<boolean> {
  const { hr, desk, clock } = context;
  context.subject(signer.person);
  const answer = await hr.call('user.certificates', { path: { clientUserId: signer.clientUserId } });
  const valid = (answer.get<UserCertificate[]>('items') ?? []).some((each) => Date.parse(each.notAfter) > clock.now());
  if (valid) {
    await desk.caller(signer.person);
    return false;
  }
  if (signer.person.credentials) {
    throw new OperationFailure('no valid certificate', `employee ${signer.employeeId} of the signers file`);
  }
  const employee = await acceptInvitation(context, signer);
  await issueCertificate(context, signer, employee, 'ONSITE');
  return true;
}
