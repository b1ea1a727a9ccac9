/** How many people there are: indexes run from 0 to `POPULATION_SIZE - 1`. */
export const POPULATION_SIZE = 100_000_000;

export type Gender = 'MALE' | 'FEMALE';

/** Passport of a citizen of the Russian Federation. */
export interface Passport {
  /** Four digits. */
  readonly series: string;
  /** Six digits. */
  readonly number: string;
  /** `yyyy-MM-dd`. */
  readonly issuedDate: string;
  readonly issuedBy: string;
  /** `ddd-ddd`. */
  readonly departmentCode: string;
}

/** Registration address. */
export interface Address {
  /** Six digits. */
  readonly postalCode: string;
  readonly region: string;
  /** Two digits. */
  readonly regionCode: string;
  readonly city: string;
  readonly street: string;
  readonly house: string;
  readonly flat: string;
}

/** One invented person; every field is a function of `index` and the population's seed. */
export interface Person {
  readonly index: number;
  readonly lastName: string;
  readonly firstName: string;
  readonly patronymic: string;
  readonly gender: Gender;
  /** `yyyy-MM-dd`, 18 to 65 years before `REFERENCE_DATE`. */
  readonly birthDate: string;
  readonly birthPlace: string;
  /** Eleven digits, no separators. */
  readonly snils: string;
  /** Twelve digits. */
  readonly inn: string;
  readonly passport: Passport;
  readonly address: Address;
  /** Eleven digits starting with 7. */
  readonly phone: string;
  /** ASCII, in a reserved domain. */
  readonly email: string;
  readonly esiaOid: number;
  /** Ref_Key of Catalog_ФизическиеЛица. */
  readonly personGuid: string;
  /** Ref_Key of Catalog_Сотрудники. */
  readonly employeeGuid: string;
  readonly employerIndex: number;
  /** Department within the employer. */
  readonly departmentIndex: number;
  readonly positionIndex: number;
  /** Табельный номер: ten digits, unique within the employer, counted from 1. */
  readonly personnelNumber: string;
  /** `yyyy-MM-dd`, between the person's majority and `REFERENCE_DATE`. */
  readonly hiredDate: string;
}

/** «Фамилия Имя Отчество». */
export const fullName = (person: Pick<Person, 'lastName' | 'firstName' | 'patronymic'>): string =>
  `${person.lastName} ${person.firstName} ${person.patronymic}`;
