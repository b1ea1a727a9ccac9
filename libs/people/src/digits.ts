const numbered = (width: number): readonly string[] =>
  Array.from({ length: 10 ** width }, (_, value) => String(value).padStart(width, '0'));

const TWO = numbered(2);
const THREE = numbered(3);
const FOUR = numbered(4);

/** Two digits with leading zeros, 0 … 99. */
export const digits2 = (value: number): string => TWO[value]!;

/** Three digits with leading zeros, 0 … 999. */
export const digits3 = (value: number): string => THREE[value]!;

/** Six digits with leading zeros, 0 … 999,999. */
export const digits6 = (value: number): string => THREE[Math.trunc(value / 1000)]! + THREE[value % 1000]!;

/** Seven digits with leading zeros, 0 … 9,999,999. */
export const digits7 = (value: number): string => THREE[Math.trunc(value / 10_000)]! + FOUR[value % 10_000]!;

/** Eight digits with leading zeros, 0 … 99,999,999. */
export const digits8 = (value: number): string => FOUR[Math.trunc(value / 10_000)]! + FOUR[value % 10_000]!;

/** Ten digits with leading zeros, 0 … 999,999,999. */
export const digits10 = (value: number): string =>
  `0${digits3(Math.trunc(value / 1_000_000))}${digits6(value % 1_000_000)}`;

/** The number spelt by `text[from, to)`, or -1 when any character is not an ASCII digit. At most 15 digits. */
export function parseDigits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * The digits of a human-written number with spaces, dashes, brackets and dots dropped; undefined when anything else is
 * inside, when there are no digits, or when there are more than `limit`.
 */
export function onlyDigits(text: unknown, limit: number): string | undefined {
  if (typeof text !== 'string' || text.length > 64) return undefined;
  let digits = '';
  for (const char of text) {
    if (char >= '0' && char <= '9') digits += char;
    else if (!SEPARATORS.has(char)) return undefined;
  }
  return digits.length > 0 && digits.length <= limit ? digits : undefined;
}

const SEPARATORS = new Set(' \t\u00a0\u202f-\u2010\u2011\u2012\u2013\u2014\u2212().');
