import type { Passport, Person } from '@poligon/people';

/** Fields of a person an engineer may overwrite. */
type EditableField =
  'lastName' | 'firstName' | 'patronymic' | 'gender' | 'birthDate' | 'birthPlace' | 'snils' | 'inn' | 'phone' | 'email';

/** Differences of an account from the computed one. */
export interface PersonEdit extends Readonly<Partial<Pick<Person, EditableField>>> {
  readonly passport?: Partial<Passport> | undefined;
  readonly isTrusted?: boolean | undefined;
  readonly status?: 'REGISTERED' | 'DELETED' | undefined;
  readonly isVerifying?: boolean | undefined;
  readonly isMobileVerified?: boolean | undefined;
  readonly isEmailVerified?: boolean | undefined;
  readonly editedAtMs: number;
}

/** The person with the edit applied. */
export function editedPerson(person: Person, edit: PersonEdit | undefined): Person {
  if (edit === undefined) return person;
  const { passport, isTrusted, status, isVerifying, isMobileVerified, isEmailVerified, editedAtMs, ...fields } = edit;
  void [isTrusted, status, isVerifying, isMobileVerified, isEmailVerified, editedAtMs];
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { ...person, ...given, passport: { ...person.passport, ...passport } };
}
