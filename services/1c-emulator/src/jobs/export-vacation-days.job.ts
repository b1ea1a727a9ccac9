import type { BulkVacationsPlanning } from '@poligon/hrlink-api';
import { fullName } from '@poligon/people';
import { noteFailure } from '../domain/job-run.js';
import { vacationItem } from '../protocol/hrlink/bulk-items.js';
import { FAILURE_TEXTS } from '../protocol/hrlink/portal-failure.js';
import type { JobWork, OneCJob } from './job.js';
import { readPortalPeople } from './read-portal-people.js';

/** Sends the days of leave for the year; people who are not on the portal are reported and passed over. */
export const exportVacationDays: OneCJob = {
  name: 'export-vacation-days',
  title: 'Передача доступных дней отпуска',
  about: 'reads employees, then pushes the leave of those HRLink knows',
  run: async (work) => {
    const known = await readPortalPeople(work);
    await work.bulk.push('EMPLOYEE_VACATIONS_PLANNING', vacationItems(work, known));
  },
};

function* vacationItems(work: JobWork, known: ReadonlySet<number>): Generator<BulkVacationsPlanning> {
  const { people, staff, time, connection } = work;
  const planningYear = new Date(time.nowMs()).getUTCFullYear();
  for (const person of staff.persons()) {
    if (known.has(person.index)) yield vacationItem(people, person, planningYear);
    else {
      const message = FAILURE_TEXTS.notOnPortal(fullName(person));
      noteFailure(connection.session.run, { externalId: person.employeeGuid, message });
    }
  }
}
