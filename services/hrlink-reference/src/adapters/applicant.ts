import { type CaStyle, type ClientUser, fullNameOf, type UserCertificate } from '../domain/client-user.js';
import type { LegalEntity } from '../domain/structure.js';
import { parseCertificate } from '@poligon/pki';

/** Whose УНЭП is asked for. */
export interface Applicant {
  readonly user: ClientUser;
  readonly legalEntity: LegalEntity | undefined;
  readonly identificationType: 'ONSITE' | 'REMOTE';
}

/** `data` of USIG_REG_REQUEST with its Russian field names (ca.md 2.1). */
export function astralApplication({ user, legalEntity, identificationType }: Applicant): Record<string, unknown> {
  const passport = user.passport ?? NO_PASSPORT;
  const organisation = legalEntity ?? NO_ORGANISATION;
  return {
    ВладельцыЭП: [
      {
        ФИО: fullNameOf(user),
        Фамилия: user.lastName,
        Имя: user.firstName,
        Отчество: text(user.patronymic),
        Пол: user.gender === 'FEMALE' ? 'Ж' : 'М',
        ДатаРождения: russianDate(user.birthdate),
        МестоРождения: text(passport.birthplace),
        СНИЛС: user.snils,
        ИНН: user.inn,
        Паспорт: {
          Серия: passport.series,
          Номер: passport.number,
          КемВыдан: text(passport.issuedBy),
          ДатаВыдачи: russianDate(passport.issuedDate),
          КодПодразделения: text(passport.departmentCode),
        },
        Телефон: text(user.phone),
        Email: text(user.email),
      },
    ],
    ТипИдентификации: identificationType,
    Организация: { Наименование: organisation.name, ИНН: text(organisation.inn), ОГРН: text(organisation.ogrn) },
  };
}

/** Body of a Контур issue request: the same data in latin camelCase (ca.md 2.2). */
export function konturApplication({ user, legalEntity, identificationType }: Applicant): Record<string, unknown> {
  const passport = user.passport ?? NO_PASSPORT;
  const organisation = legalEntity ?? NO_ORGANISATION;
  return {
    fullName: fullNameOf(user),
    lastName: user.lastName,
    firstName: user.firstName,
    patronymic: text(user.patronymic),
    gender: user.gender === 'FEMALE' ? 'FEMALE' : 'MALE',
    birthDate: user.birthdate,
    birthPlace: text(passport.birthplace),
    snils: user.snils,
    inn: user.inn,
    passport: {
      series: passport.series,
      number: passport.number,
      issuedBy: text(passport.issuedBy),
      issueDate: passport.issuedDate,
      departmentCode: text(passport.departmentCode),
    },
    phone: user.phone,
    email: text(user.email),
    identificationType,
    organization: { name: organisation.name, inn: text(organisation.inn), ogrn: text(organisation.ogrn) },
  };
}

const NO_PASSPORT = {
  series: '',
  number: '',
  issuedBy: null,
  issuedDate: null,
  departmentCode: null,
  birthplace: null,
} as const;
const NO_ORGANISATION = { name: '', inn: null, ogrn: null } as const;

/** The contracts want empty text where the record has nothing. */
function text(value: string | null): string {
  return value ?? '';
}

/** The certificate an authority issued, read from its DER. @throws PkiError when it is not a certificate */
export function userCertificate(id: string, caStyle: CaStyle, base64: string): UserCertificate {
  const der = Buffer.from(base64, 'base64');
  const parsed = parseCertificate(der);
  return {
    id,
    caStyle,
    serialNumber: parsed.serialHex,
    notBeforeMs: parsed.notBefore.getTime(),
    notAfterMs: parsed.notAfter.getTime(),
    der,
  };
}

/** yyyy-MM-dd → dd.mm.yyyy; empty for none. */
function russianDate(date: string | null): string {
  const [year, month, day] = (date ?? '').slice(0, 10).split('-');
  return day === undefined ? '' : `${day}.${month ?? ''}.${year ?? ''}`;
}
