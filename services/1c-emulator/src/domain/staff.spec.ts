import { Population } from '@poligon/people';
import { Staff, staffProblem, type StaffSelection } from './staff.js';

const people = new Population();
const selection = (fields: Partial<StaffSelection> = {}): StaffSelection => ({
  firstOrganisation: 2,
  organisations: 2,
  firstEmployee: 0,
  employees: 3,
  exportAll: false,
  ...fields,
});

describe('the staff of the infobase', () => {
  it('takes the asked range of every organisation', () => {
    const places = [...new Staff(people, selection({ firstEmployee: 5 })).persons()].map((person) => [
      person.employerIndex,
      Number(person.personnelNumber) - 1,
    ]);
    expect(places).toEqual([2, 3].flatMap((organisation) => [5, 6, 7].map((place) => [organisation, place])));
  });

  it('lists departments parents first', () => {
    const seen = new Set<string>();
    for (const { organisationIndex, index, parentIndex } of new Staff(people, selection()).departments()) {
      if (parentIndex !== null) expect(seen.has(`${organisationIndex}/${parentIndex}`)).toBe(true);
      seen.add(`${organisationIndex}/${index}`);
    }
    expect(seen.size).toBe(people.organisation(2).departments + people.organisation(3).departments);
  });

  it('leaves out the people nobody wants', () => {
    const wanted = people.employeeAt(3, 1);
    expect([...new Staff(people, selection()).persons((index) => index === wanted)].map(({ index }) => index)).toEqual([
      wanted,
    ]);
  });

  it.each([
    [{ organisations: 999 }, 'organisations: the population has 1000, 1001 needed'],
    [{ employees: 100_001 }, 'employees: organisation 2 has 100000, 100001 needed'],
    [{}, undefined],
  ])('checks %j against the population', (fields, problem) => {
    expect(staffProblem(people, selection(fields))).toBe(problem);
  });
});
