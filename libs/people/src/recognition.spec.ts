import fc from 'fast-check';
import { POPULATION_SIZE } from './person.js';
import { formatPhone } from './phone.js';
import { defaultPopulation as population, Population } from './population.js';
import { formatSnils } from './snils.js';
import { subjectKey } from './subject-key.js';

const people = fc.oneof(fc.constantFrom(0, 1, 9_999, 10_000, POPULATION_SIZE - 1), fc.nat(POPULATION_SIZE - 1));
const RECOGNISERS = [
  'indexByPhone',
  'indexBySnils',
  'indexByInn',
  'indexByEsiaOid',
  'indexByEmail',
  'indexByPassport',
  'indexByGuid',
  'guidOwner',
  'organisationIndexByInn',
  'organisationIndexByOgrn',
  'organisationIndexByEsiaOid',
  'organisationIndexByGuid',
  'recognise',
] as const;

/** Every textual form in which a person may arrive, by the recogniser that must know it. */
function formsOf(index: number): [(typeof RECOGNISERS)[number], string | number][] {
  const { phone, snils, inn, esiaOid, email, passport, personGuid, employeeGuid } = population.person(index);
  const local = phone.slice(1);
  const spaced = `(${local.slice(0, 3)}) ${local.slice(3, 6)}-${local.slice(6, 8)}-${local.slice(8)}`;
  const phones = [phone, `+${phone}`, `8${local}`, local, `+7 ${spaced}`, `8 ${spaced}`, spaced, formatPhone(phone)];
  return [
    ...phones.map((form): ['indexByPhone', string] => ['indexByPhone', form]),
    ['indexBySnils', snils],
    ['indexBySnils', formatSnils(snils)],
    ['indexByInn', inn],
    ['indexByEsiaOid', esiaOid],
    ['indexByEsiaOid', String(esiaOid)],
    ['indexByEmail', email],
    ['indexByEmail', email.toUpperCase()],
    ['indexByPassport', passport.series + passport.number],
    ['indexByPassport', `${passport.series} ${passport.number}`],
    ['indexByGuid', personGuid],
    ['indexByGuid', employeeGuid.toUpperCase()],
  ];
}

describe('recognition', () => {
  it('finds the person behind every form of every identifier', () => {
    fc.assert(
      fc.property(people, (index) => {
        for (const [recogniser, form] of formsOf(index)) {
          expect([form, population[recogniser](form)]).toEqual([form, index]);
          expect([form, population.recognise(form)]).toEqual([form, index]);
        }
        expect(population.recognise(subjectKey(index))).toBe(index);
      }),
      { numRuns: 300 },
    );
  });

  it('works in another process of the same seed and stays silent under another phone plan', () => {
    const twin = new Population();
    fc.assert(fc.property(people, (index) => expect(twin.recognise(population.snilsOf(index))).toBe(index)));
  });

  it('does not take a number with a wrong check digit for a person', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 9 }), (index, by) => {
        const spoil = (text: string): string => text.slice(0, -1) + String((Number(text.at(-1)) + by) % 10);
        expect(population.indexBySnils(spoil(population.snilsOf(index)))).toBeUndefined();
        expect(population.indexByInn(spoil(population.innOf(index)))).toBeUndefined();
      }),
    );
  });

  it.each([
    ['another e-mail domain', 'ivanov.ivan12345678@example.com'],
    ['an e-mail without number', 'ivanov.ivan@example.test'],
    ['a foreign phone', '+7 916 123-45-67'],
    ['a foreign СНИЛС', '112-233-445 95'],
    ['a foreign ИНН', '500100732259'],
    ['an organisation’s ИНН', '7707083893'],
    ['a foreign oid', '1000299654'],
    ['a passport of an existing region', '4510 123456'],
    ['a bare index', '123'],
  ])('does not know %s', (_name, text) => {
    expect(population.recognise(text)).toBeUndefined();
  });

  it('does not take a person for somebody with the e-mail number of another', () => {
    const [name] = population.emailOf(7).split(/\d/);
    const digits = /\d{8}@.*/.exec(population.emailOf(8))![0];
    expect(population.indexByEmail(name! + digits)).toBeUndefined();
  });

  it.each(RECOGNISERS)('%s answers undefined to garbage and never throws', (recogniser) => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[-+() .\d@:a-f]{0,40}$/),
      fc.stringMatching(/^\d{10,13}$/),
      fc.anything(),
    );
    fc.assert(
      fc.property(texts, (value) => {
        const answer: unknown = population[recogniser](value);
        if (typeof answer === 'number') expect(answer >= 0 && answer < POPULATION_SIZE).toBe(true);
        else if (recogniser !== 'guidOwner') expect(answer).toBeUndefined();
      }),
      { numRuns: 300 },
    );
    for (const value of ['', '@', ':', '9'.repeat(1_000_000), null, undefined, NaN, -1, 1e300, {}, []])
      expect(population[recogniser](value as string)).toBeUndefined();
  });
});
