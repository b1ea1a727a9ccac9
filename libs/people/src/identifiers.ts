import { digits2, digits6, digits7, digits8, parseDigits } from './digits.js';
import { FeistelPermutation } from './feistel-permutation.js';
import { keyFor } from './keyed-hash.js';
import type { ResolvedOptions } from './options.js';
import { normalisePhone } from './phone.js';
import { normaliseSnils } from './snils.js';
import { groupSums } from './weighted-digits.js';

const HALF = 10_000;
const PHONES_PER_CODE = 10_000_000;
/** Numbers in use begin with 0, 1 or 2; nobody holds 9xx-xxx-xxx. */
const SNILS_PREFIX = '9';
const SNILS_SUMS = [groupSums([8, 7, 6, 5]), groupSums([4, 3, 2, 1])] as const;
/** No federal subject and no tax office has code 98. */
const INN_PREFIX = '98';
const INN_FIRST_SUMS = [groupSums([4, 10, 3, 5]), groupSums([9, 4, 6, 8])] as const;
const INN_SECOND_SUMS = [groupSums([2, 4, 10, 3]), groupSums([5, 9, 4, 6])] as const;
const FIRST_ESIA_OID = 1_900_000_000;
/** Two-digit ОКАТО codes that belong to no territory, so that no real passport begins with them. */
const PASSPORT_REGIONS = ['02', '06', '09', '13', '16', '31', '39', '48', '51', '55', '59', '62', '72'];
/** ceil(100 / 13): which hundredth of the numbers it is shows in the remainder of the blank's year. */
const PASSPORT_YEAR_CLASSES = 8;
const PASSPORT_NUMBERS = 1_000_000;

/**
 * The personal identifiers: each is a keyed bijection of the index written in the identifier's own form, and each has its
 * inverse. Encoders take an index in range; decoders take anything and give undefined for what they did not write.
 */
export class Identifiers {
  readonly #phones: FeistelPermutation;
  readonly #snils: FeistelPermutation;
  readonly #inns: FeistelPermutation;
  readonly #oids: FeistelPermutation;
  readonly #emails: FeistelPermutation;
  readonly #passports: FeistelPermutation;
  readonly #codes: readonly string[];

  constructor({ seed, phoneCodes }: ResolvedOptions) {
    const permutation = (purpose: string): FeistelPermutation =>
      new FeistelPermutation(HALF, HALF, keyFor(seed, purpose));
    this.#phones = permutation('phone');
    this.#snils = permutation('snils');
    this.#inns = permutation('inn');
    this.#oids = permutation('esia-oid');
    this.#emails = permutation('email');
    this.#passports = permutation('passport-number');
    this.#codes = phoneCodes;
  }

  phone(index: number): string {
    const place = this.#phones.encode(index);
    const code = Math.trunc(place / PHONES_PER_CODE);
    return '7' + this.#codes[code]! + digits7(place - code * PHONES_PER_CODE);
  }

  byPhone(text: unknown): number | undefined {
    const phone = normalisePhone(text);
    if (phone === undefined) return undefined;
    const code = this.#codes.indexOf(phone.slice(1, 4));
    return code < 0 ? undefined : this.#phones.decode(code * PHONES_PER_CODE + parseDigits(phone, 4, 11));
  }

  snils(index: number): string {
    const place = this.#snils.encode(index);
    return SNILS_PREFIX + digits8(place) + digits2(snilsCheckOf(place));
  }

  bySnils(text: unknown): number | undefined {
    const snils = normaliseSnils(text);
    if (!snils?.startsWith(SNILS_PREFIX)) return undefined;
    const place = parseDigits(snils, 1, 9);
    return parseDigits(snils, 9, 11) === snilsCheckOf(place) ? this.#snils.decode(place) : undefined;
  }

  inn(index: number): string {
    const place = this.#inns.encode(index);
    return INN_PREFIX + digits8(place) + digits2(innCheckOf(place));
  }

  byInn(text: unknown): number | undefined {
    if (typeof text !== 'string') return undefined;
    const inn = text.trim();
    if (inn.length !== 12 || !inn.startsWith(INN_PREFIX)) return undefined;
    const place = parseDigits(inn, 2, 10);
    return place >= 0 && parseDigits(inn, 10, 12) === innCheckOf(place) ? this.#inns.decode(place) : undefined;
  }

  esiaOid(index: number): number {
    return FIRST_ESIA_OID + this.#oids.encode(index);
  }

  byEsiaOid(oid: unknown): number | undefined {
    const value = typeof oid === 'string' ? oidFromText(oid) : oid;
    if (typeof value !== 'number' || !Number.isInteger(value)) return undefined;
    const place = value - FIRST_ESIA_OID;
    return place >= 0 && place < this.#oids.size ? this.#oids.decode(place) : undefined;
  }

  /** Eight digits that close the local part of the person's e-mail address. */
  emailNumber(index: number): string {
    return digits8(this.#emails.encode(index));
  }

  /** Index behind the eight digits before `@`; the caller compares the rest. */
  byEmailNumber(email: string): number | undefined {
    const at = email.indexOf('@');
    const place = at < 8 ? -1 : parseDigits(email, at - 8, at);
    return place < 0 ? undefined : this.#emails.decode(place);
  }

  /** Series and number of a passport issued in that year; the blank may be up to seven years older. */
  passport(index: number, issuedYear: number): { series: string; number: string } {
    const place = this.#passports.encode(index);
    const hundredth = Math.trunc(place / PASSPORT_NUMBERS);
    const yearClass = Math.trunc(hundredth / PASSPORT_REGIONS.length);
    const blankYear = issuedYear - ((issuedYear - yearClass) % PASSPORT_YEAR_CLASSES);
    return {
      series: PASSPORT_REGIONS[hundredth % PASSPORT_REGIONS.length]! + digits2(blankYear % 100),
      number: digits6(place % PASSPORT_NUMBERS),
    };
  }

  /** Index behind a passport's series and number; the caller checks that the year agrees with the issue date. */
  byPassport(series: string, number: string): number | undefined {
    const region = PASSPORT_REGIONS.indexOf(series.slice(0, 2));
    const year = parseDigits(series, 2, 4);
    const low = parseDigits(number, 0, 6);
    if (region < 0 || year < 0 || low < 0) return undefined;
    const fullYear = year + (year > 50 ? 1900 : 2000);
    const place = ((fullYear % PASSPORT_YEAR_CLASSES) * PASSPORT_REGIONS.length + region) * PASSPORT_NUMBERS + low;
    return place < this.#passports.size ? this.#passports.decode(place) : undefined;
  }
}

/** Value of a ten-digit oid, else -1. */
function oidFromText(text: string): number {
  const oid = text.trim();
  return oid.length === 10 ? parseDigits(oid, 0, 10) : -1;
}

/** Sum of the eight digits of `place` under the weights of the two groups. */
function weigh(place: number, [highSums, lowSums]: readonly [Uint16Array, Uint16Array]): number {
  const high = Math.trunc(place / HALF);
  return highSums[high]! + lowSums[place - high * HALF]!;
}

/** Check number of the СНИЛС with prefix 9, whose weight is 9. */
const snilsCheckOf = (place: number): number => ((9 * 9 + weigh(place, SNILS_SUMS)) % 101) % 100;

/** Both check digits of the ИНН with prefix 98; the prefix weighs 7 and 2, then 3 and 7, the first check digit 8. */
function innCheckOf(place: number): number {
  const first = ((9 * 7 + 8 * 2 + weigh(place, INN_FIRST_SUMS)) % 11) % 10;
  const second = ((9 * 3 + 8 * 7 + weigh(place, INN_SECOND_SUMS) + first * 8) % 11) % 10;
  return first * 10 + second;
}
