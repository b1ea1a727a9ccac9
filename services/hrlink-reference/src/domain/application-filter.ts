import type { Application } from './application.js';
import { registryStatus } from './application-lifecycle.js';

/** A closed range of times, milliseconds; absent ends are open. */
export interface TimeRange {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** Filters of the HR registry (spec 2.7); absent ones do not restrict. */
export interface ApplicationFilter {
  readonly typeIds?: readonly string[] | undefined;
  readonly applicationIds?: readonly string[] | undefined;
  readonly employeeIds?: readonly string[] | undefined;
  readonly legalEntityIds?: readonly string[] | undefined;
  readonly departmentIds?: readonly string[] | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly date?: TimeRange | undefined;
  readonly created?: TimeRange | undefined;
  readonly finished?: TimeRange | undefined;
  /** Whose eyes AWAITING_MY_SIGNING is seen with. */
  readonly viewerId: string | null;
}

export function matchesApplication(application: Application, filter: ApplicationFilter): boolean {
  return (
    isIn(application.typeId, filter.typeIds) &&
    isIn(application.id, filter.applicationIds) &&
    isIn(application.employeeId, filter.employeeIds) &&
    isIn(application.legalEntityId, filter.legalEntityIds) &&
    isIn(application.departmentId, filter.departmentIds) &&
    isWithin(Date.parse(application.date), filter.date) &&
    isWithin(application.createdAtMs, filter.created) &&
    isWithin(application.finishedAtMs, filter.finished) &&
    isIn(registryStatus(application, filter.viewerId), filter.statuses)
  );
}

function isIn(value: string, allowed: readonly string[] | undefined): boolean {
  return allowed === undefined || allowed.length === 0 || allowed.includes(value);
}

function isWithin(valueMs: number | null, range: TimeRange | undefined): boolean {
  if (range === undefined || (range.fromMs === undefined && range.toMs === undefined)) return true;
  if (valueMs === null || Number.isNaN(valueMs)) return false;
  return valueMs >= (range.fromMs ?? -Infinity) && valueMs <= (range.toMs ?? Infinity);
}
