import { exportDepartments } from './export-departments.job.js';
import { exportHeadManagers } from './export-head-managers.job.js';
import { exportVacationDays } from './export-vacation-days.job.js';
import { fetchCompletedDocflow } from './fetch-completed-docflow.job.js';
import { fetchDocuments } from './fetch-documents.job.js';
import { fetchEmployees } from './fetch-employees.job.js';
import { fetchFinishedApplications } from './fetch-finished-applications.job.js';
import { exchangeWithSite } from './exchange-with-site.job.js';
import type { ScheduledWork } from './job.js';
import { sendDocuments } from './send-documents.job.js';
import { sendPayslips } from './send-payslips.job.js';
import { sendVacationNotices } from './send-vacation-notices.job.js';
import { updateEmployees } from './update-employees.job.js';

/** The scheduled jobs of the extension, in the order of 1c.md 2.7, then that of the web site. */
export const ONE_C_JOBS: readonly ScheduledWork[] = [
  updateEmployees,
  exportDepartments,
  exportHeadManagers,
  exportVacationDays,
  sendVacationNotices,
  sendPayslips,
  sendDocuments,
  fetchCompletedDocflow,
  fetchEmployees,
  fetchDocuments,
  fetchFinishedApplications,
  exchangeWithSite,
];

export const jobNames: readonly string[] = ONE_C_JOBS.map(({ name }) => name);
