import fc from 'fast-check';
import { personOfSubjectId, subjectId } from './subject-id.js';

const uuid = fc.uuid({ version: 4 });
const person = fc.integer({ min: 0, max: 99_999_999 });

describe('subjectId', () => {
  it('is a UUID that gives its person back', () => {
    fc.assert(
      fc.property(uuid, person, (random, index) => {
        const id = subjectId(random, index);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
        expect(personOfSubjectId(id)).toBe(index);
      }),
    );
  });

  it('is the UUID itself without a person, and foreign UUIDs name nobody', () => {
    fc.assert(
      fc.property(uuid, (random) => {
        expect(subjectId(random, undefined)).toBe(random);
        expect(personOfSubjectId(random)).toBeUndefined();
      }),
      { seed: 1 },
    );
  });

  it.each([undefined, null, 7, '', 'x', '00000000-0000-4000-8000-00000000000'])('knows nobody behind %p', (given) => {
    expect(personOfSubjectId(given)).toBeUndefined();
  });
});
