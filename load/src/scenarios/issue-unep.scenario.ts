import { acceptInvitation, issueCertificate } from './certificate-issue.js';
import { personCard } from './person-card.js';
import type { Scenario } from './scenario.js';
import type { WorkUnit } from './world.js';

/** HR enters a new person, invites, requests УНЭП; the employee confirms; done when the certificate is issued (4.3 d). */
export const issueUnep: Scenario = {
  id: 'issue-unep',
  async run(context) {
    const { hr, world, ordinal, random, settings } = context;
    const unit = world.units[ordinal % world.units.length] as WorkUnit;
    const person = unit.staff.at(world.freshFrom + Math.floor(ordinal / world.units.length));
    context.subject(person);
    const clientUserId = (await hr.call('users.create', { body: personCard(person) })).need('id');
    await hr.call('employees.create', {
      body: {
        clientUserId,
        legalEntityId: unit.legalEntityId,
        departmentId: unit.departmentIds[person.departmentIndex] ?? unit.departmentIds[0],
        positionId: unit.positionIds[person.positionIndex] ?? unit.positionIds[0],
        roleIds: [],
        externalId: person.employeeGuid,
      },
    });
    const newcomer = { person, clientUserId };
    const employee = await acceptInvitation(context, newcomer);
    const identification = random.next() < settings.remoteShare ? 'REMOTE' : 'ONSITE';
    await issueCertificate(context, newcomer, employee, identification);
  },
};
