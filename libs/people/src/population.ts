import { Biography, genderOf } from './biography.js';
import { isoDateOf, yearOf } from './calendar.js';
import { digits10, onlyDigits } from './digits.js';
import { Employment } from './employment.js';
import { GuidCodec } from './guid-codec.js';
import { Identifiers } from './identifiers.js';
import { resolveOptions, type PopulationOptions, type ResolvedOptions } from './options.js';
import type { Department, Organisation, Position } from './organisation.js';
import { Organisations } from './organisations.js';
import { POPULATION_SIZE, type Passport, type Person } from './person.js';
import { personIndexOf } from './subject-key.js';
import { DEPARTMENTS } from './tables/departments.js';
import { POSITIONS } from './tables/positions.js';

/** The part of a person that tells where he or she works. */
export type Workplace = Pick<Person, 'employerIndex' | 'departmentIndex' | 'positionIndex' | 'personnelNumber'>;

/** What a GUID of the population names. */
export type GuidOwner =
  | { readonly kind: 'person' | 'employee' | 'organisation' | 'position'; readonly index: number }
  | { readonly kind: 'department'; readonly organisationIndex: number; readonly index: number };

/** Room for department numbers inside a department's GUID. */
const DEPARTMENT_SLOTS = 64;

/**
 * One hundred million invented people and their employers, all of it arithmetic on the index.
 *
 * Describing methods (`person`, `organisation`, `…Of`) throw RangeError for an index that does not exist; recognising
 * methods (`indexBy…`, `recognise`) accept anything and answer undefined for what is not theirs.
 */
export class Population {
  readonly size = POPULATION_SIZE;
  readonly options: ResolvedOptions;
  readonly positions = POSITIONS.length;
  readonly #identifiers: Identifiers;
  readonly #biography: Biography;
  readonly #employment: Employment;
  readonly #organisations: Organisations;
  readonly #guids: GuidCodec;
  /** `@` and the domain. */
  readonly #emailSuffix: string;

  /** @throws RangeError naming the option that breaks its rule */
  constructor(options: PopulationOptions = {}) {
    this.options = resolveOptions(options);
    this.#identifiers = new Identifiers(this.options);
    this.#biography = new Biography(this.options.seed);
    this.#employment = new Employment(this.options);
    this.#emailSuffix = `@${this.options.emailDomain}`;
    this.#guids = new GuidCodec(this.options.seed);
    this.#organisations = new Organisations(this.options, this.#biography, this.#employment, this.#guids);
  }

  /** @throws RangeError when there is no such person */
  person(index: number): Person {
    requireIndex('person', index, POPULATION_SIZE);
    const biography = this.#biography;
    const departmentIndex = this.#employment.department(index);
    return {
      index,
      lastName: biography.lastName(index),
      firstName: biography.firstName(index),
      patronymic: biography.patronymic(index),
      gender: genderOf(index),
      birthDate: isoDateOf(biography.birthDay(index)),
      birthPlace: biography.birthPlace(index),
      snils: this.#identifiers.snils(index),
      inn: this.#identifiers.inn(index),
      passport: this.#passport(index),
      address: biography.address(index),
      phone: this.#identifiers.phone(index),
      email: this.#email(index),
      esiaOid: this.#identifiers.esiaOid(index),
      personGuid: this.#guids.encode('person', index),
      employeeGuid: this.#guids.encode('employee', index),
      employerIndex: this.#employment.employer(index),
      departmentIndex,
      positionIndex: this.#employment.position(index, departmentIndex),
      personnelNumber: digits10(this.#employment.ordinal(index) + 1),
      hiredDate: biography.hiredDate(index),
    };
  }

  /** «Фамилия Имя Отчество» without describing the person: lists are searched by it. */
  fullNameOf(index: number): string {
    requireIndex('person', index, POPULATION_SIZE);
    const biography = this.#biography;
    return `${biography.lastName(index)} ${biography.firstName(index)} ${biography.patronymic(index)}`;
  }

  /** Where the person works, without describing the person. */
  workplaceOf(index: number): Workplace {
    requireIndex('person', index, POPULATION_SIZE);
    const departmentIndex = this.#employment.department(index);
    return {
      employerIndex: this.#employment.employer(index),
      departmentIndex,
      positionIndex: this.#employment.position(index, departmentIndex),
      personnelNumber: digits10(this.#employment.ordinal(index) + 1),
    };
  }

  hiredDateOf(index: number): string {
    return this.#biography.hiredDate(requireIndex('person', index, POPULATION_SIZE));
  }

  organisationGuidOf(index: number): string {
    return this.#guids.encode('organisation', requireIndex('organisation', index, this.options.organisations));
  }

  phoneOf(index: number): string {
    return this.#identifiers.phone(requireIndex('person', index, POPULATION_SIZE));
  }

  snilsOf(index: number): string {
    return this.#identifiers.snils(requireIndex('person', index, POPULATION_SIZE));
  }

  innOf(index: number): string {
    return this.#identifiers.inn(requireIndex('person', index, POPULATION_SIZE));
  }

  esiaOidOf(index: number): number {
    return this.#identifiers.esiaOid(requireIndex('person', index, POPULATION_SIZE));
  }

  emailOf(index: number): string {
    return this.#email(requireIndex('person', index, POPULATION_SIZE));
  }

  personGuidOf(index: number): string {
    return this.#guids.encode('person', requireIndex('person', index, POPULATION_SIZE));
  }

  employeeGuidOf(index: number): string {
    return this.#guids.encode('employee', requireIndex('person', index, POPULATION_SIZE));
  }

  /** @throws RangeError when there is no such organisation */
  organisation(index: number): Organisation {
    return this.#organisations.describe(requireIndex('organisation', index, this.options.organisations));
  }

  /** @throws RangeError when there is no such organisation or department */
  department(organisationIndex: number, index: number): Department {
    requireIndex('organisation', organisationIndex, this.options.organisations);
    requireIndex('department', index, this.#employment.departments(organisationIndex));
    const { name, parent } = DEPARTMENTS[index]!;
    const guid = this.#guids.encode('department', organisationIndex * DEPARTMENT_SLOTS + index);
    return { organisationIndex, index, name, guid, parentIndex: parent };
  }

  /** @throws RangeError when there is no such position */
  position(index: number): Position {
    requireIndex('position', index, POSITIONS.length);
    return { index, name: POSITIONS[index]!, guid: this.#guids.encode('position', index) };
  }

  /** How many people work for the organisation. */
  headcountOf(organisationIndex: number): number {
    return this.#employment.headcount(requireIndex('organisation', organisationIndex, this.options.organisations));
  }

  /**
   * Person at a place of the organisation's staff list: 0 is the director, n the head of department n (1 heads the HR
   * department), the rest are ordinary employees. @throws RangeError past the headcount
   */
  employeeAt(organisationIndex: number, ordinal: number): number {
    requireIndex('employee', ordinal, this.headcountOf(organisationIndex));
    return this.#employment.indexAt(organisationIndex, ordinal);
  }

  /** Person who heads the department. */
  departmentHead(organisationIndex: number, index: number): number {
    return this.employeeAt(organisationIndex, this.department(organisationIndex, index).index);
  }

  indexByPhone(text: unknown): number | undefined {
    return this.#identifiers.byPhone(text);
  }

  indexBySnils(text: unknown): number | undefined {
    return this.#identifiers.bySnils(text);
  }

  indexByInn(text: unknown): number | undefined {
    return this.#identifiers.byInn(text);
  }

  indexByEsiaOid(oid: unknown): number | undefined {
    return this.#identifiers.byEsiaOid(oid);
  }

  indexByEmail(text: unknown): number | undefined {
    if (typeof text !== 'string' || text.length > 320) return undefined;
    const email = text.trim().toLowerCase();
    const index = this.#identifiers.byEmailNumber(email);
    return index !== undefined && this.#email(index) === email ? index : undefined;
  }

  /** @param text series and number, ten digits, separators allowed */
  indexByPassport(text: unknown): number | undefined {
    const digits = onlyDigits(text, 10);
    if (digits?.length !== 10) return undefined;
    const [series, number] = [digits.slice(0, 4), digits.slice(4)];
    const index = this.#identifiers.byPassport(series, number);
    return index !== undefined && this.#passport(index).series === series ? index : undefined;
  }

  /** Person behind a GUID of Catalog_ФизическиеЛица or Catalog_Сотрудники. */
  indexByGuid(text: unknown): number | undefined {
    const owner = this.guidOwner(text);
    return owner?.kind === 'person' || owner?.kind === 'employee' ? owner.index : undefined;
  }

  /** Whatever of the population the GUID names. */
  guidOwner(text: unknown): GuidOwner | undefined {
    const found = this.#guids.decode(text);
    if (!found) return undefined;
    const { kind, value } = found;
    if (kind === 'department') return this.#departmentOwner(value);
    const count = {
      person: POPULATION_SIZE,
      employee: POPULATION_SIZE,
      organisation: this.options.organisations,
      position: POSITIONS.length,
    };
    return value < count[kind] ? { kind, index: value } : undefined;
  }

  organisationIndexByInn(text: unknown): number | undefined {
    return this.#organisations.byInn(text);
  }

  organisationIndexByOgrn(text: unknown): number | undefined {
    return this.#organisations.byOgrn(text);
  }

  organisationIndexByEsiaOid(oid: unknown): number | undefined {
    return this.#organisations.byEsiaOid(oid);
  }

  organisationIndexByGuid(text: unknown): number | undefined {
    const owner = this.guidOwner(text);
    return owner?.kind === 'organisation' ? owner.index : undefined;
  }

  /** The person behind any personal identifier in any of its written forms, or behind a subject key. */
  recognise(text: unknown): number | undefined {
    if (typeof text === 'number') return this.indexByEsiaOid(text);
    if (typeof text !== 'string' || text.length > 320) return undefined;
    const trimmed = text.trim();
    if (trimmed.includes('@')) return this.indexByEmail(trimmed);
    if (trimmed.includes(':')) return personIndexOf(trimmed);
    return this.indexByPhone(trimmed) ?? this.#byDocument(trimmed) ?? this.indexByGuid(trimmed);
  }

  /** The ranges do not meet: SNILS begins with 9, phones with 7 or 8, an INN has 12 digits, no passport begins with 19. */
  #byDocument(text: string): number | undefined {
    return this.indexBySnils(text) ?? this.indexByInn(text) ?? this.indexByEsiaOid(text) ?? this.indexByPassport(text);
  }

  #departmentOwner(value: number): GuidOwner | undefined {
    const index = value % DEPARTMENT_SLOTS;
    const organisationIndex = (value - index) / DEPARTMENT_SLOTS;
    const exists =
      organisationIndex < this.options.organisations && index < this.#employment.departments(organisationIndex);
    return exists ? { kind: 'department', organisationIndex, index } : undefined;
  }

  #email(index: number): string {
    return this.#biography.latinName(index) + this.#identifiers.emailNumber(index) + this.#emailSuffix;
  }

  #passport(index: number): Passport {
    const issuedDay = this.#biography.passportDay(index);
    const { series, number } = this.#identifiers.passport(index, yearOf(issuedDay));
    const { issuedBy, departmentCode } = this.#biography.passportOffice(index, issuedDay);
    return { series, number, issuedDate: isoDateOf(issuedDay), issuedBy, departmentCode };
  }
}

function requireIndex(what: string, index: number, count: number): number {
  if (Number.isInteger(index) && index >= 0 && index < count) return index;
  throw new RangeError(`${what} index must be a whole number from 0 to ${count - 1}, got ${String(index)}`);
}

/** The population of an unconfigured stand. */
export const defaultPopulation = new Population();
