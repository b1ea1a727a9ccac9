import fc from 'fast-check';
import { isValidInn, isValidSnils } from './checksum.js';
import { REFERENCE_DATE } from './calendar.js';
import { feminineSurname, patronymicOf } from './naming.js';
import { fullName, POPULATION_SIZE, type Person } from './person.js';
import { normalisePhone } from './phone.js';
import { defaultPopulation as population, Population } from './population.js';
import { MALE_NAMES } from './tables/male-names.js';
import { FEMALE_NAMES } from './tables/female-names.js';
import { SURNAMES } from './tables/surnames.js';
import { REGIONS } from './tables/regions.js';

const BOUNDARIES = [
  0,
  1,
  2,
  999,
  1000,
  9_999,
  10_000,
  999_999,
  1_000_000,
  50_000_000,
  POPULATION_SIZE - 2,
  POPULATION_SIZE - 1,
];
const people = fc.oneof(fc.constantFrom(...BOUNDARIES), fc.nat(POPULATION_SIZE - 1));
const forEveryPerson = (check: (person: Person) => void): void => {
  for (const index of BOUNDARIES) check(population.person(index));
  fc.assert(
    fc.property(people, (index) => check(population.person(index))),
    { numRuns: 400 },
  );
};
/** Whole years between two ISO dates. */
const ageOn = (birth: string, date: string): number =>
  Number(date.slice(0, 4)) - Number(birth.slice(0, 4)) - (date.slice(5) < birth.slice(5) ? 1 : 0);

describe('person', () => {
  it('tells name, workplace and hiring by themselves as in the whole description', () => {
    forEveryPerson((person) => {
      const { index, employerIndex, departmentIndex, positionIndex, personnelNumber } = person;
      expect(population.fullNameOf(index)).toBe(fullName(person));
      const workplace = { employerIndex, departmentIndex, positionIndex, personnelNumber };
      expect(population.workplaceOf(index)).toEqual(workplace);
      expect(population.hiredDateOf(index)).toBe(person.hiredDate);
      expect(population.organisationGuidOf(employerIndex)).toBe(population.organisation(employerIndex).guid);
    });
  });

  it('is the same in every population of the same seed', () => {
    const again = new Population({ seed: 'poligon' });
    forEveryPerson((person) => expect(again.person(person.index)).toEqual(person));
  });

  it('never changes between releases (stored identifiers stay valid)', () => {
    expect(population.person(42)).toMatchSnapshot();
    expect(population.organisation(0)).toMatchSnapshot();
  });

  it('is somebody else under another seed', () => {
    const other = new Population({ seed: 'another' });
    forEveryPerson((person) => {
      const stranger = other.person(person.index);
      for (const field of ['personGuid', 'employeeGuid'] as const) expect(stranger[field]).not.toBe(person[field]);
      expect([stranger.snils, stranger.phone, stranger.inn]).not.toEqual([person.snils, person.phone, person.inn]);
      expect(other.indexByGuid(person.personGuid)).toBeUndefined();
    });
  });

  it('has surname, first name and patronymic of the same gender', () => {
    const femaleSurnames = new Set(SURNAMES.map(feminineSurname));
    const patronymics = (gender: 'MALE' | 'FEMALE'): Set<string> =>
      new Set(MALE_NAMES.map((name) => patronymicOf(name, gender)));
    const [sons, daughters] = [patronymics('MALE'), patronymics('FEMALE')];
    forEveryPerson((person) => {
      const man = person.gender === 'MALE';
      expect(man).toBe(person.index % 2 === 0);
      expect(man ? SURNAMES.includes(person.lastName) : femaleSurnames.has(person.lastName)).toBe(true);
      expect((man ? MALE_NAMES : FEMALE_NAMES).includes(person.firstName)).toBe(true);
      expect((man ? sons : daughters).has(person.patronymic)).toBe(true);
      expect(fullName(person)).toBe(`${person.lastName} ${person.firstName} ${person.patronymic}`);
    });
  });

  it('is 18 to 65 years old and holds a passport of the right age', () => {
    forEveryPerson(({ birthDate, passport, hiredDate }) => {
      const age = ageOn(birthDate, REFERENCE_DATE);
      expect(age).toBeGreaterThanOrEqual(18);
      expect(age).toBeLessThanOrEqual(65);
      expect(passport.issuedDate < REFERENCE_DATE).toBe(true);
      expect([14, 20, 45]).toContain(ageOn(birthDate, passport.issuedDate));
      expect(ageOn(birthDate, hiredDate)).toBeGreaterThanOrEqual(18);
      expect(hiredDate <= REFERENCE_DATE).toBe(true);
    });
  });

  it('replaces the passport within the 90 days after the 20th and the 45th birthday', () => {
    forEveryPerson(({ birthDate, passport }) => {
      const threshold = [45, 20, 14].find((age) => ageOn(birthDate, REFERENCE_DATE) >= age)!;
      const held = ageOn(birthDate, passport.issuedDate);
      const due = new Date(birthDate);
      due.setUTCFullYear(due.getUTCFullYear() + threshold);
      const overdueDays = (Date.parse(REFERENCE_DATE) - due.getTime()) / 86_400_000;
      expect(held === threshold || overdueDays <= 90).toBe(true);
    });
  });

  it('has every field in the form its consumers check', () => {
    const codes = new Set(population.options.phoneCodes);
    forEveryPerson((person) => {
      expect(isValidSnils(person.snils)).toBe(true);
      expect(person.snils).toMatch(/^9\d{10}$/);
      expect(isValidInn(person.inn)).toBe(true);
      expect(person.inn).toMatch(/^98\d{10}$/);
      expect(person.phone).toMatch(/^79\d{9}$/);
      expect(codes.has(person.phone.slice(1, 4))).toBe(true);
      expect(person.email).toMatch(/^[a-z]+\.[a-z]+\d{8}@example\.test$/);
      expect(String(person.esiaOid)).toMatch(/^19\d{8}$/);
      expect(person.passport.series).toMatch(/^\d{4}$/);
      expect(person.passport.number).toMatch(/^\d{6}$/);
      expect(person.passport.departmentCode).toMatch(/^\d{3}-\d{3}$/);
      expect(person.address.postalCode).toMatch(/^\d{6}$/);
      expect(person.personnelNumber).toMatch(/^\d{10}$/);
      const region = REGIONS.find(({ code }) => code === person.address.regionCode)!;
      expect(region.name).toBe(person.address.region);
      expect(region.cities).toContain(person.address.city);
      expect(person.passport.departmentCode.startsWith(region.code)).toBe(true);
      expect(person.birthPlace).toMatch(/^г\. [А-ЯЁ]/);
    });
  });

  it('differs from every other in every identifier', () => {
    const identifiers = (index: number): unknown[] => {
      const { snils, inn, phone, email, esiaOid, personGuid, employeeGuid, passport } = population.person(index);
      return [snils, inn, phone, email, esiaOid, personGuid, employeeGuid, passport.series + passport.number];
    };
    const seen = identifiers(0).map(() => new Set<unknown>());
    const indexes = Array.from({ length: 20_000 }, (_, i) => (i < 10_000 ? i : (i * 4_999) % POPULATION_SIZE));
    for (const index of indexes) identifiers(index).forEach((value, at) => seen[at]!.add(value));
    expect(seen.map((values) => values.size)).toEqual(seen.map(() => new Set(indexes).size));
  });

  it.each([-1, POPULATION_SIZE, 1.5, NaN, Infinity, -Infinity])('does not exist at %p', (index) => {
    expect(() => population.person(index)).toThrow(RangeError);
    expect(() => population.person(index)).toThrow(/^person index must be a whole number from 0 to 99999999, got /);
    expect(() => population.phoneOf(index)).toThrow(RangeError);
  });

  it('gives one field at a time with the same value', () => {
    forEveryPerson((person) => {
      const { index } = person;
      expect(population.phoneOf(index)).toBe(person.phone);
      expect(population.snilsOf(index)).toBe(person.snils);
      expect(population.innOf(index)).toBe(person.inn);
      expect(population.esiaOidOf(index)).toBe(person.esiaOid);
      expect(population.emailOf(index)).toBe(person.email);
      expect(population.personGuidOf(index)).toBe(person.personGuid);
      expect(population.employeeGuidOf(index)).toBe(person.employeeGuid);
    });
  });
});

describe('population options', () => {
  it.each([
    [{ phoneCodes: ['943'] }, 'phoneCodes must be ten distinct codes of the form 9dd'],
    [{ phoneCodes: Array<string>(10).fill('943') }, 'phoneCodes must be ten distinct codes of the form 9dd'],
    [{ phoneCodes: ['840', '944', '945', '946', '947', '948', '972', '973', '974', '975'] }, 'phoneCodes must be'],
    [{ emailDomain: 'mail.ru' }, 'emailDomain must be a name under'],
    [{ emailDomain: 'nottest' }, 'emailDomain must be a name under'],
    [{ emailDomain: 'a b.test' }, 'emailDomain must be a name under'],
    [{ organisations: 0 }, 'organisations must be a whole number from 1 to 10000000'],
    [{ employeesPerOrganisation: 2.5 }, 'employeesPerOrganisation must be a whole number from 1 to 100000000'],
  ])('refuse %j', (options, message) => {
    expect(() => new Population(options)).toThrow(RangeError);
    expect(() => new Population(options)).toThrow(message);
  });

  it('move phones and e-mails to the configured ranges', () => {
    const phoneCodes = ['900', '901', '902', '903', '904', '905', '906', '908', '909', '910'];
    const moved = new Population({ phoneCodes, emailDomain: 'Staff.Example.com' });
    fc.assert(
      fc.property(people, (index) => {
        const { phone, email } = moved.person(index);
        expect(phoneCodes).toContain(normalisePhone(phone)!.slice(1, 4));
        expect(email.endsWith('@staff.example.com')).toBe(true);
        expect(moved.recognise(phone)).toBe(index);
        expect(moved.recognise(email)).toBe(index);
        expect(population.recognise(phone)).toBeUndefined();
        expect(population.recognise(email)).toBeUndefined();
      }),
    );
  });
});
