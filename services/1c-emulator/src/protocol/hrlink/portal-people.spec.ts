import { formatSnils, Population } from '@poligon/people';
import { recogniseRow } from './portal-people.js';

const people = new Population();
const person = people.person(17);
const row = (fields: object) => ({ clientUserId: 'u', personalDocuments: [], legalEntities: [], ...fields });

describe('a row of HRLink employees', () => {
  it.each([
    [
      'the externalId of an employee',
      { legalEntities: [{ legalEntity: { id: 'l' }, externalId: person.employeeGuid, employeeId: 'e' }] },
    ],
    ['the externalId of the person', { externalId: person.personGuid }],
    ['a formatted СНИЛС', { personalDocuments: [{ type: 'SNILS', number: formatSnils(person.snils) }] }],
  ])('is recognised by %s', (_, fields) => {
    expect(recogniseRow(people, row(fields))).toMatchObject({ index: 17, clientUserId: 'u' });
  });

  it('gives the ids of employees that have both', () => {
    const legalEntities = [
      { externalId: person.employeeGuid, employeeId: 'e' },
      { externalId: null, employeeId: 'f' },
      { externalId: 'g' },
    ];
    expect(recogniseRow(people, row({ legalEntities }))?.employees).toEqual([
      { refKey: person.employeeGuid, hrlinkId: 'e' },
    ]);
  });

  it.each([[null], ['text'], [{}], [row({ legalEntities: 'x' })], [row({ externalId: 'somebody else' })]])(
    'is passed over when it is %j',
    (strange) => {
      expect(recogniseRow(people, strange)).toBeUndefined();
    },
  );
});
