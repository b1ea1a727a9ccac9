import { formatPhone, formatSnils, type Population } from '@poligon/people';
import { monthlySalary, YEARLY_VACATION_DAYS, yearlyVacationDay } from './hr-document.js';
import { SeedRow, StoredRow, ZERO_GUID, dataVersion, type Row, type Scalar, type SeedFields } from './row.js';
import { relatedGuid, seedOf, type Seed } from './seed.js';
import { employeeList, type Employee } from './staff-lists.js';
import type { StaffSelection } from './staff.js';

/** Leads from an employee's guid to those of his documents; see `relatedGuid`. */
export const HIRE_MASK = 0x5a17e1;
export const VACATION_MASK = 0x0c3d52;
const PHONE_KIND = '1c0de001-0000-4000-8000-000000000001';
const EMAIL_KIND = '1c0de001-0000-4000-8000-000000000002';
const FIRST_VERSION = dataVersion(0);

type Fields = Readonly<Record<string, (employee: Employee) => Scalar>>;

const moment = (date: string): string => `${date}T00:00:00`;
const hireGuid = ({ employeeGuid }: Employee): string => relatedGuid(employeeGuid, HIRE_MASK);
const vacationGuid = ({ employeeGuid }: Employee): string => relatedGuid(employeeGuid, VACATION_MASK);
const number = ({ personnelNumber }: Employee): string => `0000-${personnelNumber.slice(-6)}`;

const EMPLOYEE: Fields = {
  Ref_Key: (employee) => employee.employeeGuid,
  DataVersion: () => FIRST_VERSION,
  Code: ({ personnelNumber }) => personnelNumber,
  Description: (employee) => employee.fullName,
  ФизическоеЛицо_Key: (employee) => employee.personGuid,
  ГоловнаяОрганизация_Key: (employee) => employee.organisationGuid,
};

const PERSON: Fields = {
  Ref_Key: (employee) => employee.personGuid,
  DataVersion: () => FIRST_VERSION,
  Code: ({ personnelNumber }) => personnelNumber,
  Description: (employee) => employee.fullName,
  ФИО: (employee) => employee.fullName,
  ИНН: ({ person }) => person.inn,
  СтраховойНомерПФР: ({ person }) => formatSnils(person.snils),
  ДатаРождения: ({ person }) => moment(person.birthDate),
  Пол: ({ person }) => (person.gender === 'MALE' ? 'Мужской' : 'Женский'),
  МестоРождения: ({ person }) => person.birthPlace,
};

function contacts({ personGuid, person }: Employee): readonly Row[] {
  const phone = formatPhone(person.phone);
  const line = (LineNumber: number, values: Readonly<Record<string, Scalar>>) =>
    StoredRow.flat({ Ref_Key: personGuid, LineNumber, ...values });
  return [
    line(1, {
      ...{ Тип: 'Телефон', Вид_Key: PHONE_KIND, Представление: phone, НомерТелефона: person.phone },
      Значение: JSON.stringify({ value: phone, type: 'Телефон', countryCode: '7', number: person.phone.slice(4) }),
    }),
    line(2, {
      ...{ Тип: 'АдресЭлектроннойПочты', Вид_Key: EMAIL_KIND, Представление: person.email, АдресЭП: person.email },
      Значение: JSON.stringify({ value: person.email, type: 'АдресЭлектроннойПочты' }),
    }),
  ];
}

const PLACE: Fields = {
  Сотрудник_Key: (employee) => employee.employeeGuid,
  ФизическоеЛицо_Key: (employee) => employee.personGuid,
  Организация_Key: (employee) => employee.organisationGuid,
  Подразделение_Key: (employee) => employee.departmentGuid,
  Должность_Key: (employee) => employee.positionGuid,
};

const HIRE: Fields = {
  Ref_Key: hireGuid,
  DataVersion: () => FIRST_VERSION,
  Number: number,
  Date: ({ hiredDate }) => moment(hiredDate),
  Posted: () => true,
  ...PLACE,
  ДатаПриема: ({ hiredDate }) => moment(hiredDate),
  ВидЗанятости: () => 'ОсновноеМестоРаботы',
  КоличествоСтавок: () => 1,
};

/** Documents of the seed are of that year. */
const VACATION_YEAR = 2025;
const vacationDay = ({ index }: Employee, after = 0): string => moment(yearlyVacationDay(index, VACATION_YEAR, after));

const VACATION: Fields = {
  Ref_Key: vacationGuid,
  DataVersion: () => FIRST_VERSION,
  Number: number,
  Date: (employee) => vacationDay(employee, -14),
  Posted: () => true,
  ПериодРегистрации: (employee) => `${vacationDay(employee).slice(0, 7)}-01T00:00:00`,
  Организация_Key: (employee) => employee.organisationGuid,
  Сотрудник_Key: (employee) => employee.employeeGuid,
  ФизическоеЛицо_Key: (employee) => employee.personGuid,
  ДатаНачалаПериодаОтсутствия: (employee) => vacationDay(employee),
  ДатаОкончанияПериодаОтсутствия: (employee) => vacationDay(employee, 13),
  ПредоставитьОсновнойОтпуск: () => true,
  ДатаНачалаОсновногоОтпуска: (employee) => vacationDay(employee),
  ДатаОкончанияОсновногоОтпуска: (employee) => vacationDay(employee, 13),
  КоличествоДнейОсновногоОтпуска: () => YEARLY_VACATION_DAYS,
  ПорядокВыплаты: () => 'Межрасчет',
  ПланируемаяДатаВыплаты: (employee) => vacationDay(employee, -3),
  ДокументРассчитан: () => true,
};

const HISTORY: Fields = {
  Period: ({ hiredDate }) => moment(hiredDate),
  Recorder: hireGuid,
  Recorder_Type: () => 'StandardODATA.Document_ПриемНаРаботу',
  LineNumber: () => 1,
  Active: () => true,
  ...PLACE,
  ГоловнаяОрганизация_Key: (employee) => employee.organisationGuid,
  ВидСобытия: () => 'Прием',
  ВидДоговора: () => 'ТрудовойДоговор',
  КоличествоСтавок: () => 1,
  ГоловнойСотрудник_Key: (employee) => employee.employeeGuid,
  ЭтоГоловнойСотрудник: () => true,
};

const STATE: Fields = {
  Period: HISTORY['Period']!,
  Recorder: hireGuid,
  Recorder_Type: HISTORY['Recorder_Type']!,
  LineNumber: () => 1,
  Active: () => true,
  Сотрудник_Key: (employee) => employee.employeeGuid,
  Состояние: () => 'Работа',
  Начало: ({ hiredDate }) => moment(hiredDate),
};

const CURRENT: Fields = {
  Сотрудник_Key: (employee) => employee.employeeGuid,
  ФизическоеЛицо_Key: (employee) => employee.personGuid,
  ГоловнаяОрганизация_Key: (employee) => employee.organisationGuid,
  ТекущаяОрганизация_Key: (employee) => employee.organisationGuid,
  ТекущееПодразделение_Key: (employee) => employee.departmentGuid,
  ТекущаяДолжность_Key: (employee) => employee.positionGuid,
  ДатаПриема: ({ hiredDate }) => moment(hiredDate),
  ОформленПоТрудовомуДоговору: () => true,
};

const PASSPORT: Fields = {
  Period: ({ person }) => moment(person.passport.issuedDate),
  Физлицо_Key: (employee) => employee.personGuid,
  ВидДокумента: () => 'Паспорт гражданина РФ',
  Серия: ({ person }) => person.passport.series,
  Номер: ({ person }) => person.passport.number,
  ДатаВыдачи: ({ person }) => moment(person.passport.issuedDate),
  КемВыдан: ({ person }) => person.passport.issuedBy,
  КодПодразделения: ({ person }) => person.passport.departmentCode,
  ЯвляетсяДокументомУдостоверяющимЛичность: () => true,
};

const salary = ({ index }: Employee): number => monthlySalary(index);
const PAY: Fields = {
  Сотрудник_Key: (employee) => employee.employeeGuid,
  ГоловнаяОрганизация_Key: (employee) => employee.organisationGuid,
  ТекущаяТарифнаяСтавка: salary,
};

const DEBT: Fields = {
  Period: (employee) => vacationDay(employee, -14),
  Recorder: vacationGuid,
  Recorder_Type: () => 'StandardODATA.Document_Отпуск',
  LineNumber: () => 1,
  Active: () => true,
  RecordType: () => 'Receipt',
  Организация_Key: (employee) => employee.organisationGuid,
  ФизическоеЛицо_Key: (employee) => employee.personGuid,
  Подразделение_Key: (employee) => employee.departmentGuid,
  СуммаВзаиморасчетов: (employee) => salary(employee) / 2,
};

/** Seeds of everything that exists once per employee. */
export function staffSeeds(people: Population, selection: StaffSelection): [string, Seed][] {
  const own = { Сотрудник_Key: 0, ФизическоеЛицо_Key: 0 };
  const made = (named: Record<string, number>, fields: SeedFields<Employee>, keys: readonly string[]): Seed =>
    seedOf(employeeList(people, selection, named), fields, keys);
  const records = (set: string, fields: Fields, mask: number): [string, Seed][] => {
    const head = { Recorder: fields['Recorder']!, Recorder_Type: fields['Recorder_Type']! };
    const parts = { RecordSet: (employee: Employee) => [new SeedRow({ values: fields }, employee)] };
    return [
      [set, made({ ...own, Recorder: mask }, { values: head, parts }, ['Recorder', 'Recorder_Type'])],
      [`${set}_RecordType`, made({ ...own, Recorder: mask }, { values: fields }, ['Period', 'Сотрудник_Key'])],
    ];
  };
  return [
    ['Catalog_Сотрудники', made({ Ref_Key: 0, ФизическоеЛицо_Key: 0 }, { values: EMPLOYEE }, ['Ref_Key'])],
    [
      'Catalog_ФизическиеЛица',
      made({ Ref_Key: 0 }, { values: PERSON, parts: { КонтактнаяИнформация: contacts } }, ['Ref_Key']),
    ],
    ['Document_ПриемНаРаботу', made({ Ref_Key: HIRE_MASK, ...own }, { values: HIRE }, ['Ref_Key'])],
    ['Document_Отпуск', made({ Ref_Key: VACATION_MASK, ...own }, { values: VACATION }, ['Ref_Key'])],
    ...records('InformationRegister_КадроваяИсторияСотрудников', HISTORY, HIRE_MASK),
    ...records('InformationRegister_ДанныеСостоянийСотрудников', STATE, HIRE_MASK),
    ...records('AccumulationRegister_ВзаиморасчетыССотрудниками', DEBT, VACATION_MASK),
    ['InformationRegister_ТекущиеКадровыеДанныеСотрудников', made(own, { values: CURRENT }, ['Сотрудник_Key'])],
    ['InformationRegister_ТекущаяТарифнаяСтавкаСотрудников', made(own, { values: PAY }, ['Сотрудник_Key'])],
    [
      'InformationRegister_ДокументыФизическихЛиц',
      made({ Физлицо_Key: 0 }, { values: PASSPORT }, ['Period', 'Физлицо_Key', 'ВидДокумента']),
    ],
  ];
}

/** Catalog_ВидыКонтактнойИнформации: the two kinds people have. */
export const CONTACT_KINDS: readonly Row[] = [
  { Ref_Key: PHONE_KIND, Description: 'Телефон мобильный', Тип: 'Телефон' },
  { Ref_Key: EMAIL_KIND, Description: 'Email', Тип: 'АдресЭлектроннойПочты' },
].map((values) => StoredRow.flat({ DataVersion: FIRST_VERSION, Parent_Key: ZERO_GUID, ...values }));
