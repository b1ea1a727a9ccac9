import { keyFor, mix32 } from './keyed-hash.js';
import type { ResolvedOptions } from './options.js';
import { POPULATION_SIZE } from './person.js';
import { DEPARTMENTS } from './tables/departments.js';

const FEWEST_DEPARTMENTS = 8;
const DIRECTOR = 0;

/**
 * Who works where. Neighbouring indexes are colleagues: the first `employeesPerOrganisation` people work for organisation
 * 0, the next for 1 and so on; after the last organisation hiring starts over from the first.
 *
 * An employee's `ordinal` is the place in the organisation's staff list: 0 is the director, n < departments heads
 * department n, the rest are spread over all departments.
 */
export class Employment {
  readonly #organisations: number;
  readonly #run: number;
  /** People hired when every organisation has taken one run. */
  readonly #round: number;
  /** Hired by every organisation in whole rounds. */
  readonly #wholeRounds: number;
  /** Hired in the last, unfinished round, by all organisations. */
  readonly #rest: number;
  readonly #sizeKey: number;
  readonly #placeKey: number;

  constructor({ seed, organisations, employeesPerOrganisation }: ResolvedOptions) {
    this.#organisations = organisations;
    this.#run = employeesPerOrganisation;
    this.#round = organisations * employeesPerOrganisation;
    this.#wholeRounds = Math.trunc(POPULATION_SIZE / this.#round) * this.#run;
    this.#rest = POPULATION_SIZE % this.#round;
    this.#sizeKey = keyFor(seed, 'departments');
    this.#placeKey = keyFor(seed, 'workplace');
  }

  employer(index: number): number {
    return Math.trunc(index / this.#run) % this.#organisations;
  }

  ordinal(index: number): number {
    const round = Math.trunc(index / this.#round);
    return round * this.#run + (index % this.#run);
  }

  /** Person at that place of the organisation's staff list; may lie past the end of the population. */
  indexAt(organisation: number, ordinal: number): number {
    const round = Math.trunc(ordinal / this.#run);
    return (round * this.#organisations + organisation) * this.#run + (ordinal % this.#run);
  }

  headcount(organisation: number): number {
    const rest = this.#rest - organisation * this.#run;
    return this.#wholeRounds + Math.min(Math.max(rest, 0), this.#run);
  }

  departments(organisation: number): number {
    const wanted =
      FEWEST_DEPARTMENTS + (mix32(organisation ^ this.#sizeKey) % (DEPARTMENTS.length - FEWEST_DEPARTMENTS + 1));
    return Math.max(1, Math.min(wanted, this.headcount(organisation)));
  }

  department(index: number): number {
    const departments = this.departments(this.employer(index));
    const ordinal = this.ordinal(index);
    return ordinal < departments ? ordinal : mix32(index ^ this.#placeKey) % departments;
  }

  position(index: number, department: number): number {
    const { head, staff } = DEPARTMENTS[department]!;
    const ordinal = this.ordinal(index);
    if (ordinal === DIRECTOR) return DIRECTOR;
    if (ordinal === department) return head;
    return staff[mix32(index + this.#placeKey) % staff.length]!;
  }
}
