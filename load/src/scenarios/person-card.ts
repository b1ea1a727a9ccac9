import type { PersonInput } from '@poligon/hrlink-api';
import type { Person } from '@poligon/people';

/** A person of the synthetic population as HRLink takes people in (spec hrlink.md 2.3). */
export function personCard(person: Person): PersonInput {
  const { passport, address } = person;
  return {
    externalId: person.personGuid,
    lastName: person.lastName,
    firstName: person.firstName,
    patronymic: person.patronymic,
    gender: person.gender,
    birthdate: person.birthDate,
    phone: person.phone.slice(1),
    email: person.email,
    personalDocuments: [
      { type: 'SNILS', number: person.snils },
      { type: 'INN', number: person.inn },
      {
        type: 'PASSPORT',
        serialNumber: passport.series,
        number: passport.number,
        issuedDate: passport.issuedDate,
        issuingAuthority: passport.issuedBy,
        issuingAuthorityCode: passport.departmentCode,
        birthplace: person.birthPlace,
        registrationAddress: {
          postalCode: address.postalCode,
          regionCode: address.regionCode,
          city: address.city,
          street: address.street,
          house: address.house,
          flat: address.flat,
        },
      },
    ],
  };
}
