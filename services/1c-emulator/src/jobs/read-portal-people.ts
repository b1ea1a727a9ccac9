import { recogniseRow } from '../protocol/hrlink/portal-people.js';
import type { ExportResult } from '../domain/export-record.js';
import type { JobWork } from './job.js';

/** Reads HRLink's employees whole, learns their ids and gives the population numbers of those who are ours. */
export async function readPortalPeople({ connection, people, exports, time }: JobWork): Promise<ReadonlySet<number>> {
  const { run } = connection.session;
  const known = new Set<number>();
  const persons: ExportResult[] = [];
  const employees: ExportResult[] = [];
  for (const row of await connection.list('employees')) {
    run.received.employees += 1;
    const found = recogniseRow(people, row);
    if (found === undefined) continue;
    known.add(found.index);
    const refKey = people.personGuidOf(found.index);
    if (found.clientUserId !== null) persons.push({ refKey, hrlinkId: found.clientUserId, error: null });
    for (const employee of found.employees) employees.push({ ...employee, error: null });
  }
  const moment = { runId: run.id, atMs: time.clock.nowMs() };
  await exports.complete('person', persons, moment);
  await exports.complete('employee', employees, moment);
  return known;
}
