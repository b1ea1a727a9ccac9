import fc from 'fast-check';
import { isValidInn, isValidOgrn } from './checksum.js';
import { POPULATION_SIZE } from './person.js';
import { defaultPopulation as population, Population } from './population.js';

const organisations = fc.oneof(fc.constantFrom(0, 1, 999), fc.nat(999));

describe('organisation', () => {
  it('has valid register numbers and is found by each of them', () => {
    fc.assert(
      fc.property(organisations, (index) => {
        const organisation = population.organisation(index);
        expect(organisation.index).toBe(index);
        expect(organisation.name).toBe(`ООО «${organisation.shortName}»`);
        expect(organisation.inn).toMatch(/^98\d{8}$/);
        expect(isValidInn(organisation.inn)).toBe(true);
        expect(organisation.kpp).toBe(`${organisation.inn.slice(0, 4)}01001`);
        expect(organisation.ogrn).toMatch(/^1\d{12}$/);
        expect(isValidOgrn(organisation.ogrn)).toBe(true);
        expect(organisation.phone).toMatch(/^7000\d{7}$/);
        expect(population.organisationIndexByInn(organisation.inn)).toBe(index);
        expect(population.organisationIndexByOgrn(organisation.ogrn)).toBe(index);
        expect(population.organisationIndexByGuid(organisation.guid)).toBe(index);
        expect(population.organisationIndexByEsiaOid(organisation.esiaOid)).toBe(index);
        expect(population.organisationIndexByEsiaOid(String(organisation.esiaOid))).toBe(index);
        expect(population.guidOwner(organisation.guid)).toEqual({ kind: 'organisation', index });
        for (const text of [
          organisation.inn,
          organisation.ogrn,
          organisation.guid,
          organisation.phone,
          organisation.email,
        ])
          expect(population.recognise(text)).toBeUndefined();
      }),
    );
  });

  it('differs from every other in name and every register number', () => {
    const all = Array.from({ length: 1000 }, (_, index) => population.organisation(index));
    for (const field of ['name', 'inn', 'ogrn', 'guid', 'esiaOid', 'phone', 'email'] as const)
      expect(new Set(all.map((organisation) => organisation[field])).size).toBe(1000);
  });

  it('is unknown to a population with fewer organisations', () => {
    const small = new Population({ organisations: 10 });
    expect(small.organisationIndexByInn(population.organisation(9).inn)).toBe(9);
    const stranger = population.organisation(10);
    expect(small.organisationIndexByInn(stranger.inn)).toBeUndefined();
    expect(small.organisationIndexByOgrn(stranger.ogrn)).toBeUndefined();
    expect(small.organisationIndexByGuid(stranger.guid)).toBeUndefined();
    expect(small.guidOwner(population.department(10, 0).guid)).toBeUndefined();
    expect(() => small.organisation(10)).toThrow('organisation index must be a whole number from 0 to 9, got 10');
  });

  it('has departments under one root, parents before children', () => {
    fc.assert(
      fc.property(organisations, (index) => {
        const count = population.organisation(index).departments;
        const departments = Array.from({ length: count }, (_, n) => population.department(index, n));
        expect(departments.filter(({ parentIndex }) => parentIndex === null)).toEqual([departments[0]]);
        for (const department of departments.slice(1)) expect(department.parentIndex).toBeLessThan(department.index);
        expect(new Set(departments.map(({ name }) => name)).size).toBe(count);
        for (const { guid, index: n } of departments)
          expect(population.guidOwner(guid)).toEqual({ kind: 'department', organisationIndex: index, index: n });
        expect(() => population.department(index, count)).toThrow(RangeError);
      }),
    );
  });

  it('shares the list of positions with the others', () => {
    for (let index = 0; index < population.positions; index++) {
      const position = population.position(index);
      expect(population.guidOwner(position.guid)).toEqual({ kind: 'position', index });
    }
    expect(() => population.position(population.positions)).toThrow(RangeError);
  });
});

describe('employment', () => {
  const shapes = fc.record({
    organisations: fc.constantFrom(1, 3, 1000, 9_999_999),
    employeesPerOrganisation: fc.constantFrom(1, 7, 1000, 33_333_333, POPULATION_SIZE),
  });

  it('puts every person into an existing department and position of an existing organisation', () => {
    fc.assert(
      fc.property(shapes, fc.nat(POPULATION_SIZE - 1), (shape, index) => {
        const shaped = new Population(shape);
        const person = shaped.person(index);
        const ordinal = Number(person.personnelNumber);
        expect(shaped.employeeAt(person.employerIndex, ordinal - 1)).toBe(index);
        expect(shaped.department(person.employerIndex, person.departmentIndex).index).toBe(person.departmentIndex);
        expect(shaped.position(person.positionIndex).index).toBe(person.positionIndex);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    [1, POPULATION_SIZE],
    [7, 1_000_003],
    [3, 40_000_000],
    [1000, 1000],
  ])('counts everybody once: %i organisations hiring in runs of %i', (organisations, employeesPerOrganisation) => {
    const shaped = new Population({ organisations, employeesPerOrganisation });
    let total = 0;
    for (let index = 0; index < organisations; index++) {
      const headcount = shaped.headcountOf(index);
      total += headcount;
      if (headcount === 0) continue;
      expect(shaped.person(shaped.employeeAt(index, headcount - 1)).employerIndex).toBe(index);
      expect(() => shaped.employeeAt(index, headcount)).toThrow(RangeError);
    }
    expect(total).toBe(POPULATION_SIZE);
  });

  it('lets neighbouring people work together', () => {
    for (const index of [0, 1, 999]) expect(population.person(index).employerIndex).toBe(0);
    expect(population.person(1000).employerIndex).toBe(1);
    expect(population.person(1_000_000).employerIndex).toBe(0);
  });

  it('gives an organisation one director, and each department one head', () => {
    const staff = Array.from({ length: 1000 }, (_, ordinal) => population.person(population.employeeAt(5, ordinal)));
    const named = (name: string): number =>
      staff.filter((person) => population.position(person.positionIndex).name === name).length;
    expect(named('Генеральный директор')).toBe(1);
    expect(named('Начальник отдела кадров')).toBe(1);
    for (let n = 0; n < population.organisation(5).departments; n++) {
      const head = population.person(population.departmentHead(5, n));
      expect([head.employerIndex, head.departmentIndex]).toEqual([5, n]);
    }
    expect(population.position(population.person(population.departmentHead(5, 1)).positionIndex).name).toBe(
      'Начальник отдела кадров',
    );
    expect(staff.some((person) => population.position(person.positionIndex).name === 'Инспектор по кадрам')).toBe(true);
  });
});
