import { headManagerItem } from '../protocol/hrlink/bulk-items.js';
import type { OneCJob } from './job.js';
import { pushDepartments } from './push-structure.js';

/** Sends who heads each department; heads must already be employees of HRLink. */
export const exportHeadManagers: OneCJob = {
  name: 'export-head-managers',
  title: 'Выгрузка управленческих руководителей',
  about: 'pushes departments with their head managers',
  run: (work) => pushDepartments(work, headManagerItem),
};
