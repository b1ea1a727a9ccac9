import { parseDigits } from './digits.js';

const INN10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN12_FIRST = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN12_SECOND = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
/** The Pension Fund numbered the first people without a check number, up to 001-001-998. */
const LAST_SNILS_WITHOUT_CHECK = 1_001_998;

/** Check number (0 … 99) of a nine-digit SNILS number. */
export function snilsCheck(number: number): number {
  let sum = 0;
  let rest = number;
  for (let weight = 1; weight <= 9; weight++) {
    const next = Math.trunc(rest / 10);
    sum += (rest - next * 10) * weight;
    rest = next;
  }
  return (sum % 101) % 100;
}

/** Weighted digit sum of `value`, modulo 11, modulo 10; weights belong to the most significant digit first. */
function innDigit(value: number, weights: readonly number[]): number {
  let sum = 0;
  let rest = value;
  for (let at = weights.length - 1; at >= 0; at--) {
    const next = Math.trunc(rest / 10);
    sum += (rest - next * 10) * weights[at]!;
    rest = next;
  }
  return (sum % 11) % 10;
}

/** Check digit of an organisation's INN from its first nine digits. */
export const inn10Check = (first9: number): number => innDigit(first9, INN10);

/** The two check digits (0 … 99) of a person's INN from its first ten digits. */
export function inn12Check(first10: number): number {
  const first = innDigit(first10, INN12_FIRST);
  return first * 10 + innDigit(first10 * 10 + first, INN12_SECOND);
}

/** Check digit of an ОГРН from its first twelve digits. */
export const ogrnCheck = (first12: number): number => (first12 % 11) % 10;

/** Check digit of an ОГРНИП from its first fourteen digits. */
export const ogrnipCheck = (first14: number): number => (first14 % 13) % 10;

/** Value of a text of exactly `length` ASCII digits, else -1. */
const exactly = (text: unknown, length: number): number =>
  typeof text === 'string' && text.length === length ? parseDigits(text, 0, length) : -1;

/**
 * Whether the text is eleven digits with the right check number. Numbers up to 001-001-998 carry no check number and are
 * accepted with any, zero is not.
 */
export function isValidSnils(text: unknown): boolean {
  const value = exactly(text, 11);
  const number = Math.trunc(value / 100);
  if (number <= 0) return false;
  return number <= LAST_SNILS_WITHOUT_CHECK || value % 100 === snilsCheck(number);
}

/** Whether the text is an INN with right check digits: 10 digits (organisation) or 12 (person). */
export function isValidInn(text: unknown): boolean {
  const ten = exactly(text, 10);
  if (ten > 0) return ten % 10 === inn10Check(Math.trunc(ten / 10));
  const twelve = exactly(text, 12);
  return twelve > 0 && twelve % 100 === inn12Check(Math.trunc(twelve / 100));
}

/** Whether the text is an ОГРН (13 digits) or ОГРНИП (15) with the right check digit. */
export function isValidOgrn(text: unknown): boolean {
  const short = exactly(text, 13);
  if (short > 0) return short % 10 === ogrnCheck(Math.trunc(short / 10));
  const long = exactly(text, 15);
  return long > 0 && long % 10 === ogrnipCheck(Math.trunc(long / 10));
}
