import type { Person } from '@poligon/people';
import type { HrDocument, HrDocumentKind } from '../domain/hr-document.js';
import type { JobWork } from './job.js';
import { readPortalPeople } from './read-portal-people.js';

/** What one run sends. */
export interface Sending {
  readonly kind: HrDocumentKind;
  /** `templateKey` of the route, e.g. TO_INFORM. */
  readonly route: string;
  /** The documents of one employee; none when nothing is due. */
  readonly documentsOf: (person: Person) => Iterable<HrDocument>;
  /** False for a document that went out before. */
  readonly isDue: (document: HrDocument) => Promise<boolean>;
  /** Documents at most. */
  readonly limit: number;
}

/** Sends documents of the employees HRLink knows: groups side by side, no faster than the settings allow. */
export async function sendDocumentsOfStaff(work: JobWork, sending: Sending): Promise<void> {
  const known = await readPortalPeople(work);
  const envelope = await work.documents.envelope(sending.kind, sending.route);
  const groups = grouped(due(work, sending, known), work.config.documentsPerGroup);
  const date = new Date(work.time.nowMs()).toISOString().slice(0, 10);
  const pace = new Pace(work);
  const { parallel } = work.connection.session.hints;
  const lanes = Array.from({ length: parallel ?? work.config.documentParallel }, async () => {
    for (let next = await groups.next(); next.done !== true; next = await groups.next()) {
      await pace.wait(next.value.length);
      await work.documents.push(envelope, next.value, date);
    }
  });
  // every lane ends before the run does, also when one of them fails
  const ends = await Promise.allSettled(lanes);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function* due(work: JobWork, sending: Sending, known: ReadonlySet<number>): AsyncGenerator<HrDocument> {
  let left = sending.limit;
  for (const person of work.staff.persons((index) => known.has(index))) {
    for (const document of sending.documentsOf(person)) {
      if (left <= 0) return;
      if (!(await sending.isDue(document))) continue;
      left -= 1;
      yield document;
    }
  }
}

async function* grouped(documents: AsyncIterable<HrDocument>, size: number): AsyncGenerator<HrDocument[]> {
  let group: HrDocument[] = [];
  for await (const document of documents) {
    group.push(document);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** Keeps to so many documents a second of 1C's time; 0: as fast as it goes. */
class Pace {
  private nextMs: number;

  constructor(private readonly work: JobWork) {
    this.nextMs = work.time.elapsedMs();
  }

  async wait(documents: number): Promise<void> {
    const { config, time, connection } = this.work;
    const perSecond = connection.session.hints.parallel === undefined ? config.documentsPerSecond : 0;
    if (perSecond === 0) return;
    const nowMs = time.elapsedMs();
    const startMs = Math.max(nowMs, this.nextMs);
    this.nextMs = startMs + (documents / perSecond) * 1000;
    if (startMs > nowMs) await connection.session.control.pause(startMs - nowMs);
  }
}
