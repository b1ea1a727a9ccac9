import type { Address } from './person.js';

/** An invented legal entity; every field is a function of `index` and the population's seed. */
export interface Organisation {
  readonly index: number;
  /** `ООО «…»`. */
  readonly name: string;
  /** The name without legal form and quotes. */
  readonly shortName: string;
  /** `Общество с ограниченной ответственностью «…»`. */
  readonly fullName: string;
  /** Ten digits. */
  readonly inn: string;
  /** Nine digits. */
  readonly kpp: string;
  /** Thirteen digits. */
  readonly ogrn: string;
  readonly guid: string;
  readonly esiaOid: number;
  /** How many departments there are, the root included. */
  readonly departments: number;
  /** How many people of the population work here. */
  readonly headcount: number;
  /** Eleven digits starting with 7. */
  readonly phone: string;
  readonly email: string;
  readonly address: Address;
}

/** A department; number 0 is the organisation's only root. */
export interface Department {
  readonly organisationIndex: number;
  readonly index: number;
  readonly name: string;
  readonly guid: string;
  readonly parentIndex: number | null;
}

/** A job title, the same list for every organisation. */
export interface Position {
  readonly index: number;
  readonly name: string;
  readonly guid: string;
}
