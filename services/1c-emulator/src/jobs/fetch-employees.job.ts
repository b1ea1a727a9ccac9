import type { OneCJob } from './job.js';
import { readPortalPeople } from './read-portal-people.js';

/** Reads HRLink's employees and remembers their ids. */
export const fetchEmployees: OneCJob = {
  name: 'fetch-employees',
  title: 'Получение сведений о сотрудниках',
  about: 'reads employees and learns their HRLink ids',
  run: async (work) => {
    await readPortalPeople(work);
  },
};
