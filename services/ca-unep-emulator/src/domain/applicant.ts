import { defaultPopulation } from '@poligon/people';

export interface ApplicantPassport {
  readonly series?: string;
  readonly number?: string;
  readonly issuedBy?: string;
  readonly issuedDate?: string;
  readonly departmentCode?: string;
}

/** Who asks for a certificate, as the employer described them. */
export interface Applicant {
  readonly lastName: string;
  readonly firstName: string;
  readonly patronymic?: string;
  readonly gender?: 'MALE' | 'FEMALE';
  /** As given: `dd.mm.yyyy` or `yyyy-MM-dd`. */
  readonly birthDate?: string;
  readonly birthPlace?: string;
  /** Eleven digits. */
  readonly snils: string;
  /** Twelve digits. */
  readonly inn: string;
  readonly passport?: ApplicantPassport;
  /** Eleven digits starting with 7. */
  readonly phone?: string;
  readonly email?: string;
  readonly identification: 'ONSITE' | 'REMOTE';
  readonly organisation?: { readonly name: string; readonly inn?: string; readonly ogrn?: string };
}

export const fullNameOf = ({ lastName, firstName, patronymic }: Applicant): string =>
  [lastName, firstName, patronymic].filter(Boolean).join(' ');

/** The invented person behind the applicant; undefined for somebody outside the population. */
export function personIndexOf({ snils, inn, phone }: Pick<Applicant, 'snils' | 'inn' | 'phone'>): number | undefined {
  const people = defaultPopulation;
  return people.indexBySnils(snils) ?? people.indexByInn(inn) ?? people.indexByPhone(phone);
}

/** «Фамилия Имя Отчество» in parts; a patronymic may have several words or be absent. */
export function splitFullName(fullName: string): Pick<Applicant, 'lastName' | 'firstName' | 'patronymic'> | undefined {
  const [lastName, firstName, ...rest] = fullName.trim().split(/\s+/);
  if (!lastName || !firstName) return undefined;
  return { lastName, firstName, ...(rest.length === 0 ? {} : { patronymic: rest.join(' ') }) };
}

/** Mobile numbers of the Russian plan begin with 79; a landline cannot receive codes. */
export const isMobilePhone = (phone: string): boolean => /^79\d{9}$/.test(phone);
