import type { Department, Organisation, Person, Population } from '@poligon/people';

/** Which part of the population the infobase holds. */
export interface StaffSelection {
  readonly firstOrganisation: number;
  readonly organisations: number;
  /** Place in each organisation's staff list; places below the number of departments are their heads. */
  readonly firstEmployee: number;
  /** Per organisation. */
  readonly employees: number;
  /** Export everybody, not only the people HRLink already knows. */
  readonly exportAll: boolean;
}

/** What is wrong with a selection, in one line; undefined when it fits the population. */
export function staffProblem(people: Population, selection: StaffSelection): string | undefined {
  const { firstOrganisation, organisations, firstEmployee, employees } = selection;
  const available = people.options.organisations;
  if (firstOrganisation + organisations > available) {
    return `organisations: the population has ${available}, ${firstOrganisation + organisations} needed`;
  }
  for (let index = firstOrganisation; index < firstOrganisation + organisations; index += 1) {
    const headcount = people.headcountOf(index);
    if (firstEmployee + employees > headcount) {
      return `employees: organisation ${index} has ${headcount}, ${firstEmployee + employees} needed`;
    }
  }
  return undefined;
}

/** The organisations and people of the infobase. */
export class Staff {
  constructor(
    private readonly people: Population,
    readonly selection: StaffSelection,
  ) {}

  *organisations(): Generator<Organisation> {
    const { firstOrganisation, organisations } = this.selection;
    for (let nth = 0; nth < organisations; nth += 1) yield this.people.organisation(firstOrganisation + nth);
  }

  /** All departments, parents before children. */
  *departments(): Generator<Department> {
    for (const { index, departments } of this.organisations()) {
      for (let nth = 0; nth < departments; nth += 1) yield this.people.department(index, nth);
    }
  }

  /** Everybody, organisation by organisation; `isWanted` spares the making of people who are not. */
  *persons(isWanted: (index: number) => boolean = () => true): Generator<Person> {
    const { firstEmployee, employees } = this.selection;
    for (const organisation of this.organisations()) {
      for (let nth = 0; nth < employees; nth += 1) {
        const index = this.people.employeeAt(organisation.index, firstEmployee + nth);
        if (isWanted(index)) yield this.people.person(index);
      }
    }
  }
}
