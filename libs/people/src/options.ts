import { POPULATION_SIZE } from './person.js';

/** 943 … 974: codes of the mobile plan that no Russian operator is known to hold. A choice, not a promise: see README. */
export const DEFAULT_PHONE_CODES: readonly string[] = [
  '943',
  '944',
  '945',
  '946',
  '947',
  '948',
  '972',
  '973',
  '974',
  '975',
];
/** At most this many organisations fit the identifiers' ranges. */
export const MAX_ORGANISATIONS = 10_000_000;

export interface PopulationOptions {
  /** Any text; the same seed gives the same people in every process. Default `poligon`. */
  readonly seed?: string;
  /** Ten distinct codes `9dd`; together they hold exactly one phone per person. */
  readonly phoneCodes?: readonly string[];
  /** Domain of every e-mail address; must be reserved by RFC 2606 / RFC 6761. Default `example.test`. */
  readonly emailDomain?: string;
  /** 1 … 10,000,000; default 1000. */
  readonly organisations?: number;
  /** People are hired in runs of this many neighbouring indexes; 1 … 100,000,000, default 1000. */
  readonly employeesPerOrganisation?: number;
}

export type ResolvedOptions = Required<PopulationOptions>;

/** Fills the defaults in. @throws RangeError naming the option and the rule it breaks */
export function resolveOptions(options: PopulationOptions): ResolvedOptions {
  const resolved: ResolvedOptions = {
    seed: options.seed ?? 'poligon',
    phoneCodes: options.phoneCodes ?? DEFAULT_PHONE_CODES,
    emailDomain: (options.emailDomain ?? 'example.test').toLowerCase(),
    organisations: options.organisations ?? 1000,
    employeesPerOrganisation: options.employeesPerOrganisation ?? 1000,
  };
  checkPhoneCodes(resolved.phoneCodes);
  checkDomain(resolved.emailDomain);
  checkCount('organisations', resolved.organisations, MAX_ORGANISATIONS);
  checkCount('employeesPerOrganisation', resolved.employeesPerOrganisation, POPULATION_SIZE);
  return resolved;
}

function checkPhoneCodes(codes: readonly string[]): void {
  const wellFormed = codes.every((code) => /^9\d\d$/.test(code));
  if (codes.length !== 10 || new Set(codes).size !== 10 || !wellFormed)
    throw new RangeError('phoneCodes must be ten distinct codes of the form 9dd');
}

function checkDomain(domain: string): void {
  const shaped =
    /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(domain) && domain.length <= 200;
  const reserved = /(^|\.)(test|example|invalid|localhost|example\.(com|net|org))$/.test(domain);
  if (!shaped || !reserved || !domain.includes('.'))
    throw new RangeError(
      'emailDomain must be a name under .test, .example, .invalid, .localhost or example.com/net/org',
    );
}

function checkCount(name: string, value: number, max: number): void {
  if (!Number.isInteger(value) || value < 1 || value > max)
    throw new RangeError(`${name} must be a whole number from 1 to ${max}`);
}
