import { onlyDigits } from './digits.js';

/** `XXX-XXX-XXX YY` from eleven digits. */
export const formatSnils = (snils: string): string =>
  `${snils.slice(0, 3)}-${snils.slice(3, 6)}-${snils.slice(6, 9)} ${snils.slice(9)}`;

/** The eleven digits of a SNILS written with or without dashes and spaces; the check number is not looked at. */
export function normaliseSnils(text: unknown): string | undefined {
  const digits = onlyDigits(text, 11);
  return digits?.length === 11 ? digits : undefined;
}
