import type { Sentence } from '../finding.js';

/** Values of a sentence: numbers are written as each language writes them. */
export type Values = Readonly<Record<string, string | number | Sentence>>;

const MAX_SUBJECT = 160;

/** Fills `{name}` places of a text in every language; a place without a value stays as it is. */
export function phrase(text: Sentence, values: Values): Sentence {
  return { ru: fill(text.ru, values, 'ru'), en: fill(text.en, values, 'en') };
}

function fill(text: string, values: Values, language: 'ru' | 'en'): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    if (typeof value === 'object') return value[language];
    return typeof value === 'number' ? written(value, language) : value;
  });
}

function written(value: number, language: 'ru' | 'en'): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const options = { maximumFractionDigits: digits, minimumFractionDigits: 0 };
  return new Intl.NumberFormat(language === 'ru' ? 'ru-RU' : 'en-GB', options).format(value);
}

/** A statement short enough for a heading. */
export function shortened(text: string): string {
  return text.length > MAX_SUBJECT ? `${text.slice(0, MAX_SUBJECT - 1)}…` : text;
}
