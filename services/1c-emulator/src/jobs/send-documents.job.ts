import type { Person } from '@poligon/people';
import { agreement, type HrDocument } from '../domain/hr-document.js';
import type { JobWork, OneCJob } from './job.js';
import { sendDocumentsOfStaff } from './send-documents-of-staff.js';

/** Sends documents to be signed to some employees, others every time: each employee gets at most one a day. */
export const sendDocuments: OneCJob = {
  name: 'send-documents',
  title: 'Отправка документов на подписание',
  about: 'uploads documents and sends them for signing to some of the employees HRLink knows',
  run: (work) => {
    const day = localDay(work);
    return sendDocumentsOfStaff(work, {
      kind: 'hr-document',
      route: work.config.documentRoute,
      documentsOf: (person) => documentOf(person, day),
      isDue: async ({ refKey }) => (await work.exports.find(refKey)).length === 0,
      limit: work.config.documentsPerRun,
    });
  },
};

function* documentOf(person: Person, day: string): Generator<HrDocument> {
  yield agreement(person, day);
}

function localDay({ time, config }: JobWork): string {
  return new Date(time.nowMs() + config.utcOffsetMinutes * 60_000).toISOString().slice(0, 10);
}
