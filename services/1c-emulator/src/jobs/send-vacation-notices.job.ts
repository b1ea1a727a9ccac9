import type { Person } from '@poligon/people';
import { vacationNotice, YEARLY_VACATION_DAYS, yearlyVacationDay, type HrDocument } from '../domain/hr-document.js';
import type { JobWork, OneCJob } from './job.js';
import { sendDocumentsOfStaff } from './send-documents-of-staff.js';

const DAY_MS = 86_400_000;

/** Tells employees of a leave that begins in so many days; the same notice never goes twice within 24 hours (1c.md 2.7). */
export const sendVacationNotices: OneCJob = {
  name: 'send-vacation-notices',
  title: 'Уведомления о начале отпуска',
  about: 'uploads notices for leaves that begin soon and sends them for signing',
  run: (work) => {
    const day = dayAhead(work);
    return sendDocumentsOfStaff(work, {
      kind: 'vacation-notice',
      route: work.config.vacationNoticeRoute,
      documentsOf: (person) => noticesOf(person, day),
      isDue: (document) => isDue(work, document),
      limit: Number.POSITIVE_INFINITY,
    });
  },
};

function* noticesOf(person: Person, day: string): Generator<HrDocument> {
  const year = Number(day.slice(0, 4));
  if (yearlyVacationDay(person.index, year) === day) yield vacationNotice(person, day, YEARLY_VACATION_DAYS);
}

/** Local day that lies the lead of the settings ahead, `yyyy-MM-dd`. */
function dayAhead({ time, config }: JobWork): string {
  const localMs = time.nowMs() + config.utcOffsetMinutes * 60_000;
  return new Date(localMs + config.vacationNoticeDays * DAY_MS).toISOString().slice(0, 10);
}

async function isDue({ exports, time, connection }: JobWork, { refKey }: HrDocument): Promise<boolean> {
  if (connection.session.hints.isGuardOff) return true;
  const records = await exports.find(refKey);
  return !records.some(
    ({ kind, acceptedAtMs }) =>
      kind === 'vacation-notice' && acceptedAtMs !== null && time.nowMs() - acceptedAtMs < DAY_MS,
  );
}
