import type { Person, Population } from '@poligon/people';
import { relatedGuid } from './seed.js';

/** Documents 1C sends to HRLink. `type` is the beginning of the document type's name there, `mask` tells kinds of Ref_Key apart. */
export const HR_DOCUMENT_KINDS = {
  payslip: { title: 'Расчётный листок', type: 'Расч', mask: 0x8 },
  'vacation-notice': { title: 'Уведомление о начале отпуска', type: 'Уведомление о начале отпуска', mask: 0x9 },
  'hr-document': { title: 'Дополнительное соглашение', type: 'Дополнительное соглашение', mask: 0xa },
} as const;

export type HrDocumentKind = keyof typeof HR_DOCUMENT_KINDS;

/** One document of one employee. */
export interface HrDocument {
  readonly kind: HrDocumentKind;
  /** Ref_Key, which is the externalId. */
  readonly refKey: string;
  readonly number: string;
  readonly title: string;
  readonly person: Person;
  /** What stands in it. */
  readonly lines: readonly string[];
}

const MAX_PERIOD = 0xfffff;

/** Ref_Key of an employee's document: leads back to the employee. @param period a month or a day, counted from 2000, at most 2^20 */
export function documentGuid(person: Person, kind: HrDocumentKind, period: number): string {
  return relatedGuid(person.employeeGuid, (HR_DOCUMENT_KINDS[kind].mask << 20) | (period & MAX_PERIOD));
}

const MONTHS = [
  ...['январь', 'февраль', 'март', 'апрель', 'май', 'июнь'],
  ...['июль', 'август', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь'],
];

/** The payslip of a month. @param month counted from January 2000 */
export function payslip(people: Population, person: Person, month: number): HrDocument {
  const [year, name] = [2000 + Math.floor(month / 12), MONTHS[month % 12]!];
  const earned = monthlySalary(person.index);
  const tax = Math.round(earned * 0.13);
  return {
    ...{ kind: 'payslip', refKey: documentGuid(person, 'payslip', month), person },
    number: `РЛ-${year}${String((month % 12) + 1).padStart(2, '0')}-${person.personnelNumber}`,
    title: `Расчётный листок за ${name} ${year}`,
    lines: [
      people.organisation(person.employerIndex).name,
      `Табельный номер ${person.personnelNumber}`,
      `Начислено ${earned}.00`,
      `Удержано НДФЛ ${tax}.00`,
      `К выплате ${earned - tax}.00`,
    ],
  };
}

/** The notice of a leave. @param startDay first day of the leave, `yyyy-MM-dd` */
export function vacationNotice(person: Person, startDay: string, days: number): HrDocument {
  const shown = startDay.split('-').reverse().join('.');
  return {
    ...{ kind: 'vacation-notice', refKey: documentGuid(person, 'vacation-notice', dayNumber(startDay)), person },
    number: `УО-${startDay.replaceAll('-', '')}-${person.personnelNumber}`,
    title: `Уведомление о начале отпуска с ${shown}`,
    lines: [`Табельный номер ${person.personnelNumber}`, `Отпуск с ${shown}, дней: ${days}`],
  };
}

/** An ordinary document to be signed. @param day `yyyy-MM-dd` */
export function agreement(person: Person, day: string): HrDocument {
  const shown = day.split('-').reverse().join('.');
  return {
    ...{ kind: 'hr-document', refKey: documentGuid(person, 'hr-document', dayNumber(day)), person },
    number: `ДС-${day.replaceAll('-', '')}-${person.personnelNumber}`,
    title: `Дополнительное соглашение от ${shown}`,
    lines: [`Табельный номер ${person.personnelNumber}`, `Дата ${shown}`],
  };
}

const DAY_MS = 86_400_000;
const EPOCH_MS = Date.UTC(2000, 0, 1);

/** Days from 2000-01-01. @param day `yyyy-MM-dd` */
export function dayNumber(day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - EPOCH_MS) / DAY_MS);
}

const LOWEST_SALARY = 40_000;
const SALARY_STEP = 500;

/** Pay of an employee, roubles a month. */
export function monthlySalary(index: number): number {
  return LOWEST_SALARY + ((index * 31) % 200) * SALARY_STEP;
}

/** First day of the yearly leave of an employee, `yyyy-MM-dd`: the same day every year. @param after days later */
export function yearlyVacationDay(index: number, year: number, after = 0): string {
  return new Date(Date.UTC(year, 0, 9) + (((index * 97) % 340) + after) * DAY_MS).toISOString().slice(0, 10);
}

/** Days of that leave. */
export const YEARLY_VACATION_DAYS = 14;
