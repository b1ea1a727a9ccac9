import type { Person } from '@poligon/people';
import { payslip, type HrDocument } from '../domain/hr-document.js';
import type { JobWork, OneCJob } from './job.js';
import { sendDocumentsOfStaff } from './send-documents-of-staff.js';

/** Sends everybody the payslip of the last month, each once: the greatest burst of the month (1c.md 2.7). */
export const sendPayslips: OneCJob = {
  name: 'send-payslips',
  title: 'Расчётные листки',
  about: 'uploads payslips of the last month and sends them to inform, to every employee HRLink knows',
  run: (work) =>
    sendDocumentsOfStaff(work, {
      kind: 'payslip',
      route: work.config.payslipRoute,
      documentsOf: (person) => payslipsOf(work, person),
      isDue: async ({ refKey }) => {
        const records = await work.exports.find(refKey);
        return !records.some(({ kind, state }) => kind === 'payslip' && state !== 'failed');
      },
      limit: Number.POSITIVE_INFINITY,
    }),
};

/** Of the last month, and of so many before it when a fault wants more. */
function* payslipsOf(work: JobWork, person: Person): Generator<HrDocument> {
  const last = lastMonth(work);
  for (let back = 0; back < (work.connection.session.hints.payslipMonths ?? 1); back += 1) {
    yield payslip(work.people, person, last - back);
  }
}

/** Counted from January 2000, by the local time of the 1C server. */
function lastMonth({ time, config }: JobWork): number {
  const local = new Date(time.nowMs() + config.utcOffsetMinutes * 60_000);
  return (local.getUTCFullYear() - 2000) * 12 + local.getUTCMonth() - 1;
}
