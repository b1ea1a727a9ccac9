export { REFERENCE_DATE } from './calendar.js';
export {
  inn10Check,
  inn12Check,
  isValidInn,
  isValidOgrn,
  isValidSnils,
  ogrnCheck,
  ogrnipCheck,
  snilsCheck,
} from './checksum.js';
export { FeistelPermutation } from './feistel-permutation.js';
export type { GuidKind } from './guid-codec.js';
export { feminineSurname, patronymicOf, transliterate } from './naming.js';
export { DEFAULT_PHONE_CODES, MAX_ORGANISATIONS, type PopulationOptions, type ResolvedOptions } from './options.js';
export type { Department, Organisation, Position } from './organisation.js';
export { fullName, POPULATION_SIZE, type Address, type Gender, type Passport, type Person } from './person.js';
export { formatPhone, normalisePhone } from './phone.js';
export { defaultPopulation, Population, type GuidOwner, type Workplace } from './population.js';
export { formatSnils, normaliseSnils } from './snils.js';
export { personIndexOf, subjectKey } from './subject-key.js';
