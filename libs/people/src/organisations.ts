import type { Biography } from './biography.js';
import { inn10Check, ogrnCheck } from './checksum.js';
import { digits7, parseDigits } from './digits.js';
import type { Employment } from './employment.js';
import { FeistelPermutation } from './feistel-permutation.js';
import type { GuidCodec } from './guid-codec.js';
import { keyFor, mix32 } from './keyed-hash.js';
import { MAX_ORGANISATIONS, type ResolvedOptions } from './options.js';
import type { Organisation } from './organisation.js';
import { POPULATION_SIZE } from './person.js';
import { ORGANISATION_ADJECTIVES, ORGANISATION_NOUNS } from './tables/organisation-names.js';

const FIRST_ESIA_OID = 1_800_000_000;
/** No federal subject and no tax office has code 98. */
const TERRITORY = 98;
const FIRST_OGRN_YEAR = 2;
const OGRN_YEARS = 24;
const NAMES = ORGANISATION_ADJECTIVES.length * ORGANISATION_NOUNS.length;

/** The registers of legal entities: identifiers as keyed bijections of the organisation's index, and their inverses. */
export class Organisations {
  readonly #count: number;
  readonly #emailDomain: string;
  readonly #yearKey: number;
  readonly #inns: FeistelPermutation;
  readonly #ogrns: FeistelPermutation;
  readonly #oids: FeistelPermutation;
  readonly #phones: FeistelPermutation;
  readonly #names: FeistelPermutation;

  constructor(
    options: ResolvedOptions,
    private readonly biography: Biography,
    private readonly employment: Employment,
    private readonly guids: GuidCodec,
  ) {
    const { seed } = options;
    const permutation = (purpose: string): FeistelPermutation =>
      new FeistelPermutation(2500, MAX_ORGANISATIONS / 2500, keyFor(seed, `organisation/${purpose}`));
    this.#count = options.organisations;
    this.#emailDomain = options.emailDomain;
    this.#yearKey = keyFor(seed, 'organisation/year');
    this.#inns = permutation('inn');
    this.#ogrns = permutation('ogrn');
    this.#oids = permutation('esia-oid');
    this.#phones = permutation('phone');
    const size = [ORGANISATION_ADJECTIVES.length, ORGANISATION_NOUNS.length] as const;
    this.#names = new FeistelPermutation(size[0], size[1], keyFor(seed, 'organisation/name'));
  }

  describe(index: number): Organisation {
    const shortName = this.#shortName(index);
    const inn = this.inn(index);
    return {
      index,
      name: `ООО «${shortName}»`,
      shortName,
      fullName: `Общество с ограниченной ответственностью «${shortName}»`,
      inn,
      kpp: `${inn.slice(0, 4)}01001`,
      ogrn: this.ogrn(index),
      guid: this.guids.encode('organisation', index),
      esiaOid: this.esiaOid(index),
      departments: this.employment.departments(index),
      headcount: this.employment.headcount(index),
      // 000 has never been a code of the Russian numbering plan
      phone: `7000${digits7(this.#phones.encode(index))}`,
      email: `office@org${index}.${this.#emailDomain}`,
      // people are counted from the other end, so a company rarely shares its address with its first employees
      address: this.biography.address(POPULATION_SIZE - 1 - index),
    };
  }

  inn(index: number): string {
    const number = TERRITORY * MAX_ORGANISATIONS + this.#inns.encode(index);
    return String(number * 10 + inn10Check(number));
  }

  byInn(text: unknown): number | undefined {
    return this.#decode(text, { length: 10, from: 2, permutation: this.#inns, encode: (index) => this.inn(index) });
  }

  ogrn(index: number): string {
    const year = FIRST_OGRN_YEAR + (mix32(index ^ this.#yearKey) % OGRN_YEARS);
    const number = ((100 + year) * 100 + TERRITORY) * MAX_ORGANISATIONS + this.#ogrns.encode(index);
    return String(number * 10 + ogrnCheck(number));
  }

  byOgrn(text: unknown): number | undefined {
    return this.#decode(text, { length: 13, from: 5, permutation: this.#ogrns, encode: (index) => this.ogrn(index) });
  }

  esiaOid(index: number): number {
    return FIRST_ESIA_OID + this.#oids.encode(index);
  }

  byEsiaOid(oid: unknown): number | undefined {
    const text = String(typeof oid === 'number' || typeof oid === 'string' ? oid : '');
    const encode = (index: number): string => String(this.esiaOid(index));
    return this.#decode(text, { length: 10, from: 3, permutation: this.#oids, encode });
  }

  /** Seven digits at `from` under the permutation; whatever does not encode back to the same text is foreign. */
  #decode(text: unknown, form: RegisterForm): number | undefined {
    if (typeof text !== 'string') return undefined;
    const digits = text.trim();
    if (digits.length !== form.length) return undefined;
    const place = parseDigits(digits, form.from, form.from + 7);
    if (place < 0) return undefined;
    const index = form.permutation.decode(place);
    return index < this.#count && form.encode(index) === digits ? index : undefined;
  }

  #shortName(index: number): string {
    const place = this.#names.encode(index % NAMES);
    const adjective = ORGANISATION_ADJECTIVES[place % ORGANISATION_ADJECTIVES.length]!;
    const noun = ORGANISATION_NOUNS[Math.trunc(place / ORGANISATION_ADJECTIVES.length)]!;
    const round = Math.trunc(index / NAMES);
    return round === 0 ? `${adjective} ${noun}` : `${adjective} ${noun} ${round + 1}`;
  }
}

interface RegisterForm {
  readonly length: number;
  /** Where the seven permuted digits begin. */
  readonly from: number;
  readonly permutation: FeistelPermutation;
  readonly encode: (index: number) => string;
}
