import { AbandonTaskFault } from './abandon-task.fault.js';
import { BackdatedEventFault } from './backdated-event.fault.js';
import { BadPhoneFault } from './bad-phone.fault.js';
import { DuplicateBatchFault } from './duplicate-batch.fault.js';
import { DuplicateNoticeFault } from './duplicate-notice.fault.js';
import { DuplicatePersonFault } from './duplicate-person.fault.js';
import { JobOverlapFault } from './job-overlap.fault.js';
import { MissingSnilsFault } from './missing-snils.fault.js';
import { OrphanDepartmentFault } from './orphan-department.fault.js';
import { OversizedFileFault } from './oversized-file.fault.js';
import { PayslipBurstFault } from './payslip-burst.fault.js';
import { PollStormFault } from './poll-storm.fault.js';
import { RehireFault } from './rehire.fault.js';
import { SecondJobFault } from './second-job.fault.js';
import { StaleExternalIdFault } from './stale-external-id.fault.js';
import { TokenExpiredFault } from './token-expired.fault.js';

/** Faults of the active role: what a run of a job does wrong. */
export const JOB_FAULTS = [
  AbandonTaskFault,
  BackdatedEventFault,
  BadPhoneFault,
  DuplicateBatchFault,
  DuplicateNoticeFault,
  DuplicatePersonFault,
  JobOverlapFault,
  MissingSnilsFault,
  OrphanDepartmentFault,
  OversizedFileFault,
  PayslipBurstFault,
  PollStormFault,
  RehireFault,
  SecondJobFault,
  StaleExternalIdFault,
  TokenExpiredFault,
];
