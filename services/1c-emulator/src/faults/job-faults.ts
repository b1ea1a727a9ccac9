import { AbandonTaskFault } from './abandon-task.fault.js';
import { DuplicateNoticeFault } from './duplicate-notice.fault.js';
import { JobOverlapFault } from './job-overlap.fault.js';
import { OrphanDepartmentFault } from './orphan-department.fault.js';
import { OversizedFileFault } from './oversized-file.fault.js';
import { PayslipBurstFault } from './payslip-burst.fault.js';
import { PollStormFault } from './poll-storm.fault.js';
import { StaleExternalIdFault } from './stale-external-id.fault.js';
import { TokenExpiredFault } from './token-expired.fault.js';

/** Faults of the active role: what a run of a job does wrong. */
export const JOB_FAULTS = [
  AbandonTaskFault,
  DuplicateNoticeFault,
  JobOverlapFault,
  OrphanDepartmentFault,
  OversizedFileFault,
  PayslipBurstFault,
  PollStormFault,
  StaleExternalIdFault,
  TokenExpiredFault,
];
