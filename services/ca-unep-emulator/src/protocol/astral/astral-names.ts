/** Names of the contract, all in one place (section 2.1): of them only `ВладельцыЭП[].ФИО` is known for certain. */
export const OWNERS = 'ВладельцыЭП';
export const IDENTIFICATION = 'ТипИдентификации';
export const ORGANISATION = 'Организация';

export const OWNER = {
  fullName: 'ФИО',
  lastName: 'Фамилия',
  firstName: 'Имя',
  patronymic: 'Отчество',
  gender: 'Пол',
  birthDate: 'ДатаРождения',
  birthPlace: 'МестоРождения',
  snils: 'СНИЛС',
  inn: 'ИНН',
  passport: 'Паспорт',
  phone: 'Телефон',
  email: 'Email',
} as const;

export const PASSPORT = {
  series: 'Серия',
  number: 'Номер',
  issuedBy: 'КемВыдан',
  issuedDate: 'ДатаВыдачи',
  departmentCode: 'КодПодразделения',
} as const;

export const ORGANISATION_FIELDS = { name: 'Наименование', inn: 'ИНН', ogrn: 'ОГРН' } as const;

export const GENDERS = { М: 'MALE', Ж: 'FEMALE' } as const;
