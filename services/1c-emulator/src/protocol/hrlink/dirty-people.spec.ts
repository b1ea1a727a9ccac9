import { defaultPopulation as people } from '@poligon/people';
import { peopleItems } from './dirty-people.js';
import type { RunHints } from './run-hints.js';

const CLEAN: RunHints = {
  ...{ tokenExpiresAfterCalls: undefined, abandonsTasks: false, pollStorm: undefined, orphanDepartments: 0 },
  ...{ duplicatesBatches: false, duplicatePeople: 0, peopleWithoutSnils: 0, peopleWithBadPhone: 0 },
  ...{ peopleWithSecondJob: 0, peopleHiredAgain: 0, peopleMovedInThePast: 0, parallel: undefined },
  ...{ payslipMonths: undefined, isGuardOff: false, fileBytes: undefined, staleExternalId: undefined },
};
const NOW_MS = Date.UTC(2026, 0, 15);
const person = people.person(people.employeeAt(0, 40));
const employeeOf = (hints: Partial<RunHints>) =>
  peopleItems({ people, hints: { ...CLEAN, ...hints }, nowMs: NOW_MS }, person, 0)[0]!.employees![0]!;

describe('people of a run with bad data', () => {
  it('are themselves without a fault', () => {
    expect(employeeOf({})).toMatchObject({ externalId: person.employeeGuid, mainWorkplace: true });
  });

  it('have a leave counted anew and another department after a backdated transfer', () => {
    const moved = employeeOf({ peopleMovedInThePast: 1 });
    expect(moved.departmentExternalId).toBe(people.department(0, 0).guid);
    expect(moved.departmentExternalId).not.toBe(employeeOf({}).departmentExternalId);
    expect(moved.availableVacationDayCount).not.toBe(employeeOf({}).availableVacationDayCount);
  });

  it('are another employee after they were hired again, always the same one', () => {
    const again = employeeOf({ peopleHiredAgain: 1 });
    expect(again.externalId).not.toBe(person.employeeGuid);
    expect(again).toEqual(employeeOf({ peopleHiredAgain: 1 }));
  });
});
