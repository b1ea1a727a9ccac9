import type { Department, Organisation, Person, Population, Workplace } from '@poligon/people';
import { relatedGuid, type SubjectList } from './seed.js';
import type { StaffSelection } from './staff.js';

/** One employee, described only as far as asked. */
export class Employee {
  private described: Person | undefined = undefined;
  private place: Workplace | undefined = undefined;

  private known: number | undefined = undefined;

  private constructor(
    readonly people: Population,
    /** Place on the staff of an organisation, when the employee was found by it. */
    private readonly staff: { readonly organisation: number; readonly ordinal: number } | undefined,
  ) {}

  static at(people: Population, organisation: number, ordinal: number): Employee {
    return new Employee(people, { organisation, ordinal });
  }

  static numbered(people: Population, index: number): Employee {
    const employee = new Employee(people, undefined);
    employee.known = index;
    return employee;
  }

  get index(): number {
    return (this.known ??= this.people.employeeAt(this.staff!.organisation, this.staff!.ordinal));
  }

  /** Ten digits: the place on the staff, from 1. */
  get personnelNumber(): string {
    if (this.staff === undefined) return this.workplace.personnelNumber;
    return String(this.staff.ordinal + 1).padStart(10, '0');
  }

  /** Everything of the person; what is searched by has getters of its own, many times cheaper. */
  get person(): Person {
    return (this.described ??= this.people.person(this.index));
  }

  get workplace(): Workplace {
    return (this.place ??= this.people.workplaceOf(this.index));
  }

  get fullName(): string {
    return this.people.fullNameOf(this.index);
  }

  get hiredDate(): string {
    return this.people.hiredDateOf(this.index);
  }

  get employeeGuid(): string {
    return this.people.employeeGuidOf(this.index);
  }

  get personGuid(): string {
    return this.people.personGuidOf(this.index);
  }

  get organisationGuid(): string {
    return this.people.organisationGuidOf(this.staff?.organisation ?? this.workplace.employerIndex);
  }

  get departmentGuid(): string {
    const { employerIndex, departmentIndex } = this.workplace;
    return this.people.department(employerIndex, departmentIndex).guid;
  }

  get positionGuid(): string {
    return this.people.position(this.workplace.positionIndex).guid;
  }
}

/** Properties that name the employee, and the mask that leads from their guid to the employee's or person's own. */
export type GuidProperties = Readonly<Record<string, number>>;

/** Everybody on the staff, organisation by organisation. */
export function employeeList(
  people: Population,
  selection: StaffSelection,
  named: GuidProperties,
): SubjectList<Employee> {
  const { firstOrganisation, organisations, firstEmployee, employees } = selection;
  const isOnStaff = ({ employerIndex, personnelNumber }: Workplace): boolean => {
    const place = Number(personnelNumber) - 1 - firstEmployee;
    const nth = employerIndex - firstOrganisation;
    return nth >= 0 && nth < organisations && place >= 0 && place < employees;
  };
  return {
    count: organisations * employees,
    // numbers begin anew with every organisation, and documents show only six digits of them
    isNumbered: organisations === 1 && firstEmployee + employees < 1_000_000,
    subject: (nth) => {
      const organisation = firstOrganisation + Math.trunc(nth / employees);
      return Employee.at(people, organisation, firstEmployee + (nth % employees));
    },
    byGuid: (property, guid) => {
      if (!Object.hasOwn(named, property)) return undefined;
      const index = people.indexByGuid(relatedGuid(guid, named[property]!));
      if (index === undefined) return null;
      const employee = Employee.numbered(people, index);
      return isOnStaff(employee.workplace) ? employee : null;
    },
  };
}

/** The organisations of the infobase. */
export function organisationList(people: Population, selection: StaffSelection): SubjectList<Organisation> {
  const { firstOrganisation, organisations } = selection;
  return {
    count: organisations,
    subject: (nth) => people.organisation(firstOrganisation + nth),
    byGuid: (property, guid) => {
      if (property !== 'Ref_Key' && property !== 'Организация_Key') return undefined;
      const index = people.organisationIndexByGuid(guid) ?? -1;
      return index >= firstOrganisation && index < firstOrganisation + organisations
        ? people.organisation(index)
        : null;
    },
  };
}

/** Their departments, parents before children; few enough to be listed. `mask` leads from Ref_Key to the department's own guid. */
export function departmentList(
  people: Population,
  { firstOrganisation, organisations }: StaffSelection,
  mask: number,
): SubjectList<Department> {
  const starts: number[] = [];
  let count = 0;
  for (let nth = 0; nth < organisations; nth += 1) {
    starts.push(count);
    count += people.organisation(firstOrganisation + nth).departments;
  }
  return {
    count,
    subject: (nth) => {
      const place = lastAtMost(starts, nth);
      return people.department(firstOrganisation + place, nth - starts[place]!);
    },
    byGuid: (property, guid) => {
      if (property !== 'Ref_Key') return undefined;
      const owner = people.guidOwner(relatedGuid(guid, mask));
      if (owner?.kind !== 'department') return null;
      const place = owner.organisationIndex - firstOrganisation;
      return place >= 0 && place < organisations ? people.department(owner.organisationIndex, owner.index) : null;
    },
  };
}

/** Last place in an ascending list whose value is not above `value`. */
function lastAtMost(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
