import { isoDateOf, OLDEST_BIRTH_DAY, REFERENCE_DAY, yearOf, YOUNGEST_BIRTH_DAY } from './calendar.js';
import { digits3 } from './digits.js';
import { keyFor, mix32 } from './keyed-hash.js';
import { feminineSurname, patronymicOf, transliterate } from './naming.js';
import type { Address, Gender } from './person.js';
import { FEMALE_NAMES } from './tables/female-names.js';
import { MALE_NAMES } from './tables/male-names.js';
import { REGIONS, type Region } from './tables/regions.js';
import { STREETS } from './tables/streets.js';
import { SURNAMES } from './tables/surnames.js';

interface NameTables {
  readonly lastNames: readonly string[];
  readonly firstNames: readonly string[];
  readonly patronymics: readonly string[];
  readonly latinLastNames: readonly string[];
  readonly latinFirstNames: readonly string[];
}

function nameTables(gender: Gender): NameTables {
  const lastNames = gender === 'MALE' ? SURNAMES : SURNAMES.map(feminineSurname);
  const firstNames = gender === 'MALE' ? MALE_NAMES : FEMALE_NAMES;
  return {
    lastNames,
    firstNames,
    patronymics: MALE_NAMES.map((name) => patronymicOf(name, gender)),
    latinLastNames: lastNames.map(transliterate),
    latinFirstNames: firstNames.map(transliterate),
  };
}

const NAMES: Readonly<Record<Gender, NameTables>> = { MALE: nameTables('MALE'), FEMALE: nameTables('FEMALE') };
/** No age below is reached in fewer days: fourteen years hold at most 4 leap days, twenty 5, forty-five 12. */
const PASSPORT_AGES_DAYS = [45 * 365 + 12, 20 * 365 + 5, 14 * 365 + 4];
const MAJORITY_DAYS = 18 * 365 + 5;
const LONGEST_SERVICE_DAYS = 20 * 365;
const NUMBERS: readonly string[] = Array.from({ length: 241 }, (_, number) => String(number));
const BIRTH_DAYS = YOUNGEST_BIRTH_DAY - OLDEST_BIRTH_DAY + 1;

/** Even numbers are men, odd are women: any contiguous range of people is half and half. */
export const genderOf = (index: number): Gender => (index % 2 === 0 ? 'MALE' : 'FEMALE');

/** Day on which a passport held at the reference date was issued: 1 to 60 days after the 14th, 20th or 45th birthday. */
export function passportDay(birthDay: number, chance: number): number {
  const delay = 1 + (chance % 60);
  for (const age of PASSPORT_AGES_DAYS) {
    const day = birthDay + age + delay;
    if (day < REFERENCE_DAY) return day;
  }
  throw new RangeError(`nobody born on day ${birthDay} holds a passport at the reference date`);
}

/** Everything about a person that identifies nobody: names, dates and places, drawn from a keyed hash of the index. */
export class Biography {
  readonly #nameKey: number;
  readonly #firstNameKey: number;
  readonly #birthKey: number;
  readonly #placeKey: number;
  readonly #streetKey: number;
  readonly #passportKey: number;
  readonly #serviceKey: number;

  constructor(seed: string) {
    this.#nameKey = keyFor(seed, 'last-name');
    this.#firstNameKey = keyFor(seed, 'first-name');
    this.#birthKey = keyFor(seed, 'birth');
    this.#placeKey = keyFor(seed, 'place');
    this.#streetKey = keyFor(seed, 'street');
    this.#passportKey = keyFor(seed, 'passport');
    this.#serviceKey = keyFor(seed, 'service');
  }

  lastName(index: number): string {
    const names = NAMES[genderOf(index)].lastNames;
    return names[mix32(index ^ this.#nameKey) % names.length]!;
  }

  firstName(index: number): string {
    const names = NAMES[genderOf(index)].firstNames;
    return names[mix32(index ^ this.#firstNameKey) % names.length]!;
  }

  patronymic(index: number): string {
    const names = NAMES[genderOf(index)].patronymics;
    return names[mix32(index + this.#nameKey + this.#firstNameKey) % names.length]!;
  }

  /** `ivanova.anna`. */
  latinName(index: number): string {
    const { latinLastNames, latinFirstNames } = NAMES[genderOf(index)];
    const last = latinLastNames[mix32(index ^ this.#nameKey) % latinLastNames.length]!;
    return `${last}.${latinFirstNames[mix32(index ^ this.#firstNameKey) % latinFirstNames.length]!}`;
  }

  birthDay(index: number): number {
    return OLDEST_BIRTH_DAY + (mix32(index ^ this.#birthKey) % BIRTH_DAYS);
  }

  birthPlace(index: number): string {
    const chance = mix32(index + this.#birthKey + this.#placeKey);
    const cities = REGIONS[chance % REGIONS.length]!.cities;
    return `г. ${cities[(chance >>> 16) % cities.length]!}`;
  }

  passportDay(index: number): number {
    return passportDay(this.birthDay(index), mix32(index ^ this.#passportKey));
  }

  /** Name of the office and its `ddd-ddd` code, both of the region the person lives in. */
  passportOffice(index: number, issuedDay: number): { issuedBy: string; departmentCode: string } {
    const home = this.#region(index);
    const office = 1 + (mix32(index + this.#passportKey) % 60);
    return { issuedBy: authorityName(home, yearOf(issuedDay)), departmentCode: `${home.code}0-${digits3(office)}` };
  }

  address(index: number): Address {
    const home = this.#region(index);
    const place = mix32(index ^ this.#placeKey) >>> 8;
    const chance = mix32(index ^ this.#streetKey);
    return {
      postalCode: home.postalPrefix + digits3(1 + (chance % 199)),
      region: home.name,
      regionCode: home.code,
      city: home.cities[place % home.cities.length]!,
      street: STREETS[(chance >>> 8) % STREETS.length]!,
      house: NUMBERS[1 + ((chance >>> 14) % 120)]!,
      flat: NUMBERS[1 + ((chance >>> 21) % 240)]!,
    };
  }

  hiredDate(index: number): string {
    const adultFor = REFERENCE_DAY - this.birthDay(index) - MAJORITY_DAYS;
    const longest = Math.max(1, Math.min(adultFor, LONGEST_SERVICE_DAYS));
    return isoDateOf(REFERENCE_DAY - (mix32(index ^ this.#serviceKey) % longest));
  }

  #region(index: number): Region {
    return REGIONS[mix32(index ^ this.#placeKey) % REGIONS.length]!;
  }
}

/** Passports were issued by the police, from 2007 by the migration service, from 2017 by the Interior Ministry again. */
function authorityName(home: Region, year: number): string {
  if (year >= 2017) return `ГУ МВД России по ${home.dative}`;
  return year >= 2007 ? `Отделом УФМС России по ${home.dative}` : `Отделом внутренних дел по ${home.dative}`;
}
