import type { BulkClientUser, BulkEmployeeInput } from '@poligon/hrlink-api';
import type { Person, Population } from '@poligon/people';
import { relatedGuid } from '../../domain/seed.js';
import { clientUserItem } from './bulk-items.js';
import type { RunHints } from './run-hints.js';

/** Lead from an employee's Ref_Key to that of his second job and of his next employment. */
const SECOND_MASK = 0x2b91c3;
const NEXT_MASK = 0x74e05d;
/** Days the date of a backdated transfer lies in the past. */
const BACKDATED_DAYS = 200;
const DAY_MS = 86_400_000;

/**
 * People of one run as bad data of ЗУП show them (1c.md 6): the first of them as many as each fault names.
 * @param nth place among the people of the run
 */
export function peopleItems(
  { people, hints, nowMs }: { readonly people: Population; readonly hints: RunHints; readonly nowMs: number },
  person: Person,
  nth: number,
): readonly BulkClientUser[] {
  const isMoved = nth < hints.peopleMovedInThePast;
  const whole = clientUserItem(people, person, isMoved ? nowMs + BACKDATED_DAYS * DAY_MS : nowMs);
  const documents = whole.personalDocuments?.filter(({ type }) => type !== 'SNILS' || nth >= hints.peopleWithoutSnils);
  const [main] = whole.employees!;
  const head = people.department(person.employerIndex, 0).guid;
  const moved = isMoved ? { ...main!, departmentExternalId: head } : main!;
  const item: BulkClientUser = {
    ...whole,
    phone: nth < hints.peopleWithBadPhone ? 'доб. 12-34' : whole.phone,
    employees: employments(moved, nth, hints),
    ...(documents === undefined ? {} : { personalDocuments: documents }),
  };
  return nth < hints.duplicatePeople ? [item, { ...item }] : [item];
}

function employments(main: BulkEmployeeInput, nth: number, hints: RunHints): BulkEmployeeInput[] {
  const other = (mask: number, digit: string): BulkEmployeeInput => ({
    ...main,
    externalId: relatedGuid(main.externalId, mask),
    number: digit + (main.number ?? '').slice(1),
  });
  const current = nth < hints.peopleHiredAgain ? other(NEXT_MASK, '2') : main;
  if (nth >= hints.peopleWithSecondJob) return [current];
  return [current, { ...other(SECOND_MASK, '1'), mainWorkplace: false }];
}
