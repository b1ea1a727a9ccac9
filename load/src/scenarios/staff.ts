import type { Organisation, Person, Population } from '@poligon/people';

/** Employees of the one legal entity the run works with, by their place in its staff list. */
export class Staff {
  constructor(
    readonly population: Population,
    readonly organisationIndex: number,
  ) {}

  get organisation(): Organisation {
    return this.population.organisation(this.organisationIndex);
  }

  get headcount(): number {
    return this.population.headcountOf(this.organisationIndex);
  }

  /** Employee at a place of the staff list. Throws RangeError past the headcount. */
  at(place: number): Person {
    return this.population.person(this.population.employeeAt(this.organisationIndex, place));
  }
}
