import fc from 'fast-check';
import { POPULATION_SIZE } from './person.js';
import { personIndexOf, subjectKey } from './subject-key.js';

describe('subject key', () => {
  it('names a person and gives the index back', () => {
    expect(subjectKey(123)).toBe('person:123');
    fc.assert(
      fc.property(fc.nat(POPULATION_SIZE - 1), (index) => expect(personIndexOf(subjectKey(index))).toBe(index)),
    );
    for (const index of [0, POPULATION_SIZE - 1]) expect(personIndexOf(subjectKey(index))).toBe(index);
  });

  it.each([
    '',
    'person:',
    'person:-1',
    'person:01',
    'person:1.5',
    'person:1e3',
    'person:100000000',
    'Person:1',
    'person:1 ',
    'organisation:1',
    `person:${'1'.repeat(99)}`,
  ])('is not %j', (text) => {
    expect(personIndexOf(text)).toBeUndefined();
  });

  it('never throws on anything else', () => {
    fc.assert(fc.property(fc.anything(), (value) => void personIndexOf(value as string)));
  });
});
