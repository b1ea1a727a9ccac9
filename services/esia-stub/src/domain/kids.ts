import { patronymicOf, type Person } from '@poligon/people';
import type { Item } from './person-items.js';
import { dotDate, eTagOf, itemId } from './person-object.js';

/** A child of a person of the population. */
export interface Kid {
  readonly oid: number;
  readonly lastName: string;
  readonly firstName: string;
  readonly patronymic: string;
  readonly gender: Person['gender'];
  /** `yyyy-MM-dd`. */
  readonly birthDate: string;
}

/** Below the oids of organisations and persons. */
const FIRST_KID_OID = 1_500_000_000;
const MAX_KIDS = 2;
/** Places of children's birth certificates among a person's items. */
const CERTIFICATE_PLACE = 7;
/** Who has children among the invented people. */
const YOUNGEST_PARENT = '1990-12-31';
const FIRST_BIRTH_YEAR = 2010;
const BIRTH_YEARS = 14;
const FIRST_NAMES = {
  MALE: ['Артём', 'Михаил', 'Иван', 'Дмитрий', 'Лев'],
  FEMALE: ['София', 'Анна', 'Мария', 'Варвара', 'Ева'],
} as const;
const OTHER_PARENT = 'Александр';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Children of a person: none, one or two, of the parent's gender so that the surname fits. */
export function kidsOf({ index, birthDate, gender, lastName, firstName }: Person): readonly Kid[] {
  if (birthDate > YOUNGEST_PARENT) return [];
  return Array.from({ length: index % (MAX_KIDS + 1) }, (_, place) => {
    const turn = index + place * 31;
    const year = FIRST_BIRTH_YEAR + (turn % BIRTH_YEARS);
    return {
      oid: FIRST_KID_OID + index * MAX_KIDS + place,
      lastName,
      firstName: FIRST_NAMES[gender][turn % FIRST_NAMES[gender].length]!,
      patronymic: patronymicOf(gender === 'MALE' ? firstName : OTHER_PARENT, gender),
      gender,
      birthDate: `${year}-${twoDigits((turn % 12) + 1)}-${twoDigits((turn % 28) + 1)}`,
    };
  });
}

/** Children as elements of `kids`, fields by the scopes that begin with `kid_`. */
export function kidItems(person: Person, scopes: ReadonlySet<string>): readonly Item[] {
  return kidsOf(person).map((kid) => {
    const { oid, lastName, firstName, patronymic, gender, birthDate } = kid;
    const content = {
      stateFacts: ['EntityRoot'],
      id: oid,
      ...(scopes.has('kid_fullname') ? { firstName, lastName, middleName: patronymic } : {}),
      ...(scopes.has('kid_birthdate') ? { birthDate: dotDate(birthDate) } : {}),
      ...(scopes.has('kid_gender') ? { gender: gender === 'MALE' ? 'M' : 'F' } : {}),
      status: 'REGISTERED',
    };
    return { ...content, eTag: eTagOf(content) };
  });
}

/** Documents of one child: the birth certificate. Undefined when the person has no such child. */
export function kidDocuments(person: Person, kidOid: number): readonly Item[] | undefined {
  const place = kidsOf(person).findIndex(({ oid }) => oid === kidOid);
  if (place < 0) return undefined;
  const { birthDate } = kidsOf(person)[place]!;
  const number = String(kidOid % 1_000_000).padStart(6, '0');
  const content = {
    stateFacts: ['Identifiable'],
    id: itemId(person, CERTIFICATE_PLACE + place),
    type: 'RF_BRTH_CERT',
    vrfStu: 'VERIFIED',
    series: 'I-МЮ',
    number,
    issueDate: dotDate(birthDate),
    issuedBy: person.passport.issuedBy,
    actNo: number,
    actDate: dotDate(birthDate),
  };
  return [{ ...content, eTag: eTagOf(content) }];
}
