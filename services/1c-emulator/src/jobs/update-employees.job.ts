import { peopleItems } from '../protocol/hrlink/dirty-people.js';
import { pushDepartments, pushOrganisations, pushPositions } from './push-structure.js';
import { readPortalPeople } from './read-portal-people.js';
import type { JobWork, OneCJob } from './job.js';

/** Asks HRLink whom it knows, then sends the structure and those people (1c.md 2.7). */
export const updateEmployees: OneCJob = {
  name: 'update-employees',
  title: 'Обновление данных сотрудников',
  about: 'reads employees, then pushes organisations, departments, positions and the people HRLink knows',
  run: async (work) => {
    const known = await readPortalPeople(work);
    await pushOrganisations(work);
    await pushDepartments(work);
    await pushPositions(work);
    await work.bulk.push('CLIENT_USERS_V5', personItems(work, known));
  },
};

function* personItems({ people, staff, time, connection }: JobWork, known: ReadonlySet<number>) {
  const { hints } = connection.session;
  const isWanted = (index: number) => staff.selection.exportAll || known.has(index);
  let nth = 0;
  for (const person of staff.persons(isWanted)) {
    yield* peopleItems({ people, hints, nowMs: time.nowMs() }, person, nth);
    nth += 1;
  }
}
