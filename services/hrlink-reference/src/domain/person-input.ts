import { isValidInn, isValidSnils, normalisePhone } from '@poligon/people';
import type { ClientUser, PassportData } from './client-user.js';
import { Refusal } from './refusal.js';

/** A person as clients send it (spec 2.3), already checked for types. */
export interface PersonFields {
  readonly externalId?: string | null | undefined;
  readonly lastName: string;
  readonly firstName: string;
  readonly patronymic?: string | null | undefined;
  readonly gender?: 'MALE' | 'FEMALE' | null | undefined;
  readonly birthdate?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly personalDocuments?: readonly PersonalDocumentFields[] | null | undefined;
}

export interface PersonalDocumentFields {
  readonly type: 'SNILS' | 'INN' | 'PASSPORT';
  readonly number: string;
  readonly serialNumber?: string | null | undefined;
  readonly citizenship?: string | null | undefined;
  readonly issuedDate?: string | null | undefined;
  readonly issuingAuthority?: string | null | undefined;
  readonly issuingAuthorityCode?: string | null | undefined;
  readonly birthplace?: string | null | undefined;
}

/** What a person's record says, without access and signatures. */
export type PersonData = Pick<
  ClientUser,
  | 'externalId'
  | 'lastName'
  | 'firstName'
  | 'patronymic'
  | 'gender'
  | 'birthdate'
  | 'phone'
  | 'email'
  | 'snils'
  | 'inn'
  | 'passport'
>;

const EMAIL = /^[^@]+@[^@]+.[^@]{2,}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Checks and normalises a person by the rules of spec 2.3. Refuses with 11.021, 90.423 or 90.424. */
export function readPerson(fields: PersonFields): PersonData {
  const documents = fields.personalDocuments ?? [];
  return {
    externalId: fields.externalId ?? null,
    lastName: required(fields.lastName, 'lastName'),
    firstName: required(fields.firstName, 'firstName'),
    patronymic: fields.patronymic ?? null,
    gender: fields.gender ?? null,
    birthdate: matching(fields.birthdate, DATE, 'birthdate'),
    phone: readPhone(fields.phone),
    email: matching(fields.email?.trim().toLowerCase(), EMAIL, 'email'),
    snils: readNumber(documents, 'SNILS', isValidSnils),
    inn: readNumber(documents, 'INN', isValidInn),
    passport: readPassport(documents.find((one) => one.type === 'PASSPORT')),
  };
}

function required(text: string, path: string): string {
  if (text.trim() === '') throw new Refusal('malformedJson', { path });
  return text.trim();
}

function matching(text: string | null | undefined, pattern: RegExp, path: string): string | null {
  if (text === null || text === undefined || text === '') return null;
  if (!pattern.test(text)) throw new Refusal('malformedJson', { path });
  return text;
}

function readPhone(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text === '') return null;
  const phone = normalisePhone(text);
  // Russian mobile numbers only (spec 2.3): the national part starts with 9.
  if (phone?.charAt(1) !== '9') throw new Refusal('malformedJson', { path: 'phone' });
  return phone;
}

function readNumber(
  documents: readonly PersonalDocumentFields[],
  type: 'SNILS' | 'INN',
  isValid: (digits: string) => boolean,
): string | null {
  const document = documents.find((one) => one.type === type);
  if (document === undefined) return null;
  const digits = document.number.replace(/[\s-]/g, '');
  if (!isValid(digits)) throw new Refusal('malformedJson', { path: `personalDocuments.${type}` });
  return digits;
}

function readPassport(document: PersonalDocumentFields | undefined): PassportData | null {
  if (document === undefined) return null;
  const departmentCode = document.issuingAuthorityCode ?? null;
  if (departmentCode !== null && !/^\d{3}-\d{3}$/.test(departmentCode)) {
    throw new Refusal('departmentCodeFormat', { code: departmentCode });
  }
  return {
    ...readPassportNumber(document),
    departmentCode,
    issuedDate: document.issuedDate ?? null,
    issuedBy: document.issuingAuthority ?? null,
    birthplace: document.birthplace ?? null,
  };
}

/** Russian passport: series of 4 and number of 6 digits; a foreign one only needs a number. */
function readPassportNumber(document: PersonalDocumentFields): { series: string; number: string } {
  const series = (document.serialNumber ?? '').replace(/\s/g, '');
  const number = document.number.replace(/\s/g, '');
  const isForeign = (document.citizenship ?? 'RUS').toUpperCase() !== 'RUS';
  const isGood = isForeign ? number !== '' : /^\d{4}$/.test(series) && /^\d{6}$/.test(number);
  if (!isGood) throw new Refusal('passportNumber', { path: 'personalDocuments.PASSPORT' });
  return { series, number };
}
