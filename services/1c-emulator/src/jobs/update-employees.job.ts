import type { RunHints } from '../protocol/hrlink/run-hints.js';
import { clientUserItem } from '../protocol/hrlink/bulk-items.js';
import type { BulkClientUser } from '@poligon/hrlink-api';
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
    const item = dirtied(clientUserItem(people, person, time.nowMs()), nth, hints);
    yield item;
    if (nth < hints.duplicatePeople) yield { ...item };
    nth += 1;
  }
}

/** What bad data of ЗУП look like on their way to HRLink (1c.md 6). @param nth place among the people of the run */
function dirtied(item: BulkClientUser, nth: number, hints: RunHints): BulkClientUser {
  const documents = item.personalDocuments?.filter(({ type }) => type !== 'SNILS' || nth >= hints.peopleWithoutSnils);
  const phone = nth < hints.peopleWithBadPhone ? 'доб. 12-34' : item.phone;
  return { ...item, phone, ...(documents === undefined ? {} : { personalDocuments: documents }) };
}
