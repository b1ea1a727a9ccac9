import { pushDepartments, pushOrganisations } from './push-structure.js';
import type { JobWork, OneCJob } from './job.js';

/** Sends the department tree; organisations first when HRLink has not been told of them yet. */
export const exportDepartments: OneCJob = {
  name: 'export-departments',
  title: 'Выгрузка справочника подразделений',
  about: 'pushes departments with their legal entities, after organisations HRLink does not know yet',
  run: async (work) => {
    if (!(await areOrganisationsKnown(work))) await pushOrganisations(work);
    await pushDepartments(work);
  },
};

async function areOrganisationsKnown({ staff, exports }: JobWork): Promise<boolean> {
  for (const { guid } of staff.organisations()) {
    const records = await exports.find(guid);
    if (!records.some(({ kind, hrlinkId }) => kind === 'organisation' && hrlinkId !== null)) return false;
  }
  return true;
}
