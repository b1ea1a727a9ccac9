import { defaultPopulation, normalisePhone, subjectKey } from '@poligon/people';

const ABROAD = /^\+?(\d{8,15})$/;

/** A number to write to: a Russian one as eleven digits 7…, one abroad as its digits; undefined for anything else. */
export function recipientPhone(text: string): string | undefined {
  return normalisePhone(text) ?? ABROAD.exec(text.replace(/[\s()-]/g, ''))?.[1];
}

/** True for a number of Russia or Kazakhstan. */
export function isDomestic(phone: string): boolean {
  return phone.length === 11 && phone.startsWith('7');
}

/** The person behind a number as a subject key; the number itself when it is nobody's. */
export function subjectOf(phone: string | undefined): string | undefined {
  const normal = phone === undefined ? undefined : recipientPhone(phone.slice(0, 40));
  const index = normal === undefined ? undefined : defaultPopulation.indexByPhone(normal);
  return index === undefined ? normal : subjectKey(index);
}
