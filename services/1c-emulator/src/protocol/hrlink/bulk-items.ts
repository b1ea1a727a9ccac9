import type {
  BulkClientUser,
  BulkVacationsPlanning,
  DepartmentInput,
  EmployeePositionInput,
  LegalEntityInput,
  PersonalDocument,
} from '@poligon/hrlink-api';
import type { Department, Organisation, Person, Population, Position } from '@poligon/people';
import { availableVacationDays, yearlyVacationDays } from '../../domain/vacation-days.js';

/** Objects of ЗУП as items of a bulk task (hrlink.md 2.4). Every externalId is a Ref_Key (1c.md 2.7). */

export function legalEntityItem({ name, shortName, ogrn, inn, kpp, guid }: Organisation): LegalEntityInput {
  return { name, shortName, ogrn, inn, kpp, externalId: guid };
}

/** What a department hangs on; nothing for the portal's own root. */
export type DepartmentParent = Pick<DepartmentInput, 'parentDepartmentId' | 'parentDepartmentExternalId'>;

export function departmentItem(people: Population, department: Department, parent: DepartmentParent): DepartmentInput {
  return {
    syncTypes: ['DATA_WITH_LEGAL_ENTITY'],
    ...parent,
    name: department.name,
    externalId: department.guid,
    legalEntityExternalId: people.organisation(department.organisationIndex).guid,
  };
}

export function headManagerItem(people: Population, department: Department, parent: DepartmentParent): DepartmentInput {
  const head = people.departmentHead(department.organisationIndex, department.index);
  return {
    ...departmentItem(people, department, parent),
    syncTypes: ['DATA_WITH_HEAD_MANAGER'],
    headManagerExternalId: people.employeeGuidOf(head),
  };
}

export function positionItem({ guid, name }: Position): EmployeePositionInput {
  return { externalId: guid, name };
}

/** @param nowMs day on which the available leave is counted */
export function clientUserItem(people: Population, person: Person, nowMs: number): BulkClientUser {
  return {
    externalId: person.personGuid,
    lastName: person.lastName,
    firstName: person.firstName,
    patronymic: person.patronymic,
    gender: person.gender,
    birthdate: person.birthDate,
    // HRLink wants ten digits (hrlink.md 2.3)
    phone: person.phone.slice(1),
    email: person.email,
    personalDocuments: personalDocuments(person),
    employees: [
      {
        externalId: person.employeeGuid,
        legalEntityExternalId: people.organisation(person.employerIndex).guid,
        departmentExternalId: people.department(person.employerIndex, person.departmentIndex).guid,
        positionExternalId: people.position(person.positionIndex).guid,
        availableVacationDayCount: availableVacationDays(person, nowMs),
        number: person.personnelNumber,
        mainWorkplace: true,
      },
    ],
  };
}

function personalDocuments({ passport, address, snils, inn, birthPlace }: Person): PersonalDocument[] {
  const { postalCode, regionCode, city, street, house, flat } = address;
  return [
    {
      type: 'PASSPORT',
      serialNumber: passport.series,
      number: passport.number,
      citizenship: 'RUS',
      issuedDate: passport.issuedDate,
      issuingAuthority: passport.issuedBy,
      issuingAuthorityCode: passport.departmentCode,
      birthplace: birthPlace,
      registrationAddress: { postalCode, regionCode, city, street, house, flat },
    },
    { type: 'SNILS', number: snils },
    { type: 'INN', number: inn },
  ];
}

export function vacationItem(people: Population, person: Person, planningYear: number): BulkVacationsPlanning {
  const { basic, additional } = yearlyVacationDays(person);
  return {
    externalId: person.employeeGuid,
    legalEntityExternalId: people.organisation(person.employerIndex).guid,
    availableVacationsPlanning: [
      { planningYear, basicVacationDayCount: basic, additionalVacationDayCount: additional },
    ],
  };
}
