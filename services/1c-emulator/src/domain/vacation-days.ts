import type { Person } from '@poligon/people';

/** Days of the yearly basic paid leave (Трудовой кодекс, art. 115). */
const BASIC_DAYS = 28;
/** Additional leave for irregular hours, art. 119: department heads have it here. */
const HEAD_EXTRA_DAYS = 3;
const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;

export interface VacationDays {
  readonly basic: number;
  readonly additional: number;
}

/** Days an employee may plan for a year. */
export function yearlyVacationDays(person: Person): VacationDays {
  const isHead = Number(person.personnelNumber) - 1 === person.departmentIndex;
  return { basic: BASIC_DAYS, additional: isHead ? HEAD_EXTRA_DAYS : 0 };
}

/** Whole days earned since the last anniversary of hiring, as if none were taken. */
export function availableVacationDays(person: Person, nowMs: number): number {
  const { basic, additional } = yearlyVacationDays(person);
  const servedDays = Math.max(0, Math.floor((nowMs - Date.parse(person.hiredDate)) / DAY_MS));
  return Math.round(((servedDays % YEAR_DAYS) / YEAR_DAYS) * (basic + additional));
}
