import { isValidInn, isValidSnils, Population } from '@poligon/people';
import fc from 'fast-check';
import { clientUserItem, departmentItem, headManagerItem, legalEntityItem, vacationItem } from './bulk-items.js';

const people = new Population();
const NOW = Date.parse('2026-03-01T00:00:00Z');

describe('items of bulk tasks', () => {
  it('names every object by the Ref_Key of the population', () => {
    const anybody = fc.integer({ min: 0, max: 99_999_999 }).map((index) => people.person(index));
    fc.assert(
      fc.property(anybody, (person) => {
        const item = clientUserItem(people, person, NOW);
        const [employee] = item.employees!;
        expect(people.guidOwner(item.externalId)).toEqual({ kind: 'person', index: person.index });
        expect(people.guidOwner(employee!.externalId)).toEqual({ kind: 'employee', index: person.index });
        expect(people.guidOwner(employee!.legalEntityExternalId)).toMatchObject({ index: person.employerIndex });
        expect(people.guidOwner(employee!.departmentExternalId)).toMatchObject({ index: person.departmentIndex });
        expect(people.guidOwner(employee!.positionExternalId)).toMatchObject({ index: person.positionIndex });
      }),
    );
  });

  it('sends a person in the forms HRLink checks', () => {
    const { phone, personalDocuments, birthdate, employees } = clientUserItem(people, people.person(42), NOW);
    const [passport, snils, inn] = personalDocuments!;
    expect(phone).toMatch(/^9\d{9}$/);
    expect(birthdate).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(`${passport!.serialNumber} ${passport!.number}`).toMatch(/^\d{4} \d{6}$/);
    expect(passport!.issuingAuthorityCode).toMatch(/^\d{3}-\d{3}$/);
    expect([isValidSnils(snils!.number), isValidInn(inn!.number)]).toEqual([true, true]);
    expect(employees![0]!.availableVacationDayCount).toBeGreaterThanOrEqual(0);
    expect(employees![0]!.availableVacationDayCount).toBeLessThanOrEqual(31);
  });

  it('marks departments with what is synchronised', () => {
    const department = people.department(0, 2);
    const parent = { parentDepartmentExternalId: people.department(0, 0).guid };
    expect(departmentItem(people, department, parent)).toEqual({
      syncTypes: ['DATA_WITH_LEGAL_ENTITY'],
      name: 'Бухгалтерия',
      externalId: department.guid,
      legalEntityExternalId: people.organisation(0).guid,
      ...parent,
    });
    expect(headManagerItem(people, department, parent)).toMatchObject({
      syncTypes: ['DATA_WITH_HEAD_MANAGER'],
      headManagerExternalId: people.person(people.departmentHead(0, 2)).employeeGuid,
    });
  });

  it('sends an organisation with its register numbers', () => {
    const organisation = people.organisation(7);
    expect(legalEntityItem(organisation)).toEqual({
      name: organisation.name,
      shortName: organisation.shortName,
      ogrn: organisation.ogrn,
      inn: organisation.inn,
      kpp: organisation.kpp,
      externalId: organisation.guid,
    });
  });

  it.each([
    ['a head of department', 0, 3],
    ['an ordinary employee', 50, 0],
  ])('gives %s the leave of the year', (_, place, additional) => {
    const person = people.person(people.employeeAt(0, place));
    expect(vacationItem(people, person, 2027)).toMatchObject({
      externalId: person.employeeGuid,
      availableVacationsPlanning: [
        { planningYear: 2027, basicVacationDayCount: 28, additionalVacationDayCount: additional },
      ],
    });
  });
});
