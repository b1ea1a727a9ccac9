import { createHash } from 'node:crypto';
import { formatSnils, type Person } from '@poligon/people';

/** Status words and marks of an account that differ from an ordinary confirmed one. */
export interface AccountState {
  readonly isTrusted: boolean;
  readonly status: 'REGISTERED' | 'DELETED';
  readonly isVerifying: boolean;
  /** Last edit, seconds since the epoch. */
  readonly updatedOnS: number;
}

/** 2026-01-01, the day the synthetic people are described on. */
const UPDATED_ON_S = 1_767_225_600;

export const ORDINARY_ACCOUNT: AccountState = {
  isTrusted: true,
  status: 'REGISTERED',
  isVerifying: false,
  updatedOnS: UPDATED_ON_S,
};

/** `dd.MM.yyyy` of `yyyy-MM-dd`. */
export const dotDate = (iso: string): string => iso.split('-').reverse().join('.');

/** Number of an item that belongs to a person: unique in the population, up to ten items each. */
export const itemId = (person: Pick<Person, 'index'>, place: number): number => person.index * 10 + place;

/** Place of the passport among a person's items. */
export const PASSPORT_PLACE = 5;

/** Forty upper-case hex characters that change with the content. */
export function eTagOf(content: unknown): string {
  return createHash('sha1').update(JSON.stringify(content)).digest('hex').toUpperCase();
}

type Fields = Readonly<Record<string, unknown>>;

/** Which scope lets a field of the person through. */
const FIELDS_BY_SCOPE: Readonly<Record<string, (person: Person) => Fields>> = {
  fullname: ({ firstName, lastName, patronymic }) => ({ firstName, lastName, middleName: patronymic }),
  birthdate: ({ birthDate }) => ({ birthDate: dotDate(birthDate) }),
  birthplace: ({ birthPlace }) => ({ birthPlace }),
  gender: ({ gender }) => ({ gender: gender === 'MALE' ? 'M' : 'F' }),
  snils: ({ snils }) => ({ snils: formatSnils(snils) }),
  inn: ({ inn }) => ({ inn }),
  self_employed: () => ({ selfEmployed: { confirmed: false } }),
  id_doc: (person) => ({ citizenship: 'RUS', rIdDoc: itemId(person, PASSPORT_PLACE) }),
};

/** Everything the legacy scope of personal data stands for. */
const LEGACY_SCOPES = ['usr_inf', 'http://esia.gosuslugi.ru/usr_inf'];
const BY_LEGACY =
  'fullname birthdate birthplace gender snils inn id_doc email mobile contacts addresses vehicles usr_org'.split(' ');

/** Scopes with what a legacy one among them includes. */
export function widened(scopes: ReadonlySet<string>): ReadonlySet<string> {
  return LEGACY_SCOPES.some((name) => scopes.has(name)) ? new Set([...scopes, ...BY_LEGACY]) : scopes;
}

/** Person of `/rs/prns/{oid}`: fields the scopes allow, then those shown whatever the scope. There is no `oid` key. */
export function personObject(person: Person, scopes: ReadonlySet<string>, account: AccountState): Fields {
  const allowed = Object.entries(FIELDS_BY_SCOPE).filter(([scope]) => scopes.has(scope));
  const shown = allowed.flatMap(([, fields]) => Object.entries(fields(person)));
  const content = {
    stateFacts: ['EntityRoot'],
    ...(Object.fromEntries(shown) as Fields),
    trusted: account.isTrusted,
    updatedOn: account.updatedOnS,
    status: account.status,
    verifying: account.isVerifying,
    containsUpCfmCode: false,
  };
  return { ...content, eTag: eTagOf(content) };
}
