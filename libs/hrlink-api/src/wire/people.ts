/** Wire shapes of section 2.3: structure and people. */

export interface LegalEntity {
  id: string;
  name: string;
  shortName: string;
  externalId: string | null;
}

export interface LegalEntityInput {
  id?: string | null;
  name: string;
  shortName?: string | null;
  ogrn?: string | null;
  inn?: string | null;
  kpp?: string | null;
  externalId?: string | null;
}

export interface Department {
  id: string;
  name: string;
  parentDepartmentId: string | null;
  externalId?: string | null;
}

export interface DepartmentInput {
  parentDepartmentId?: string | null;
  parentDepartmentExternalId?: string | null;
  name: string;
  externalId?: string | null;
  legalEntityId?: string | null;
  legalEntityExternalId?: string | null;
  headManagerId?: string | null;
  headManagerExternalId?: string | null;
  syncTypes?: ('DATA_WITH_LEGAL_ENTITY' | 'DATA_WITH_HEAD_MANAGER')[] | null;
}

export interface EmployeePosition {
  id: string;
  name: string;
  externalId: string | null;
  version: number;
}

export interface EmployeePositionInput {
  name: string;
  externalId?: string | null;
}

export interface EmployeeRole {
  id: string;
  name: string;
  description: string;
}

export interface PersonalDocument {
  type: 'SNILS' | 'INN' | 'PASSPORT';
  number: string;
  serialNumber?: string | null;
  citizenship?: string | null;
  issuedDate?: string | null;
  issuingAuthority?: string | null;
  issuingAuthorityCode?: string | null;
  birthplace?: string | null;
  registrationAddress?: Record<string, unknown> | null;
}

/** Body of users.create; `externalId` is the client's own person id. */
export interface PersonInput {
  externalId?: string | null;
  lastName: string;
  firstName: string;
  patronymic?: string | null;
  gender?: 'MALE' | 'FEMALE' | null;
  /** yyyy-MM-dd */
  birthdate?: string | null;
  /** 9xxxxxxxxx; +7, 7 and 8 in front are tolerated */
  phone?: string | null;
  email?: string | null;
  personalDocuments?: PersonalDocument[] | null;
}

/** Body of employees.create. */
export interface EmployeeInput {
  clientUserId: string;
  legalEntityId: string;
  departmentId: string;
  positionId: string;
  roleIds?: string[] | null;
  externalId?: string | null;
}

/** One row of `GET P/employees`: a person with one entry per employee in `legalEntities`. */
export interface EmployeeRow {
  id: string;
  clientUserId: string;
  externalId: string | null;
  lastName: string;
  firstName: string;
  patronymic: string | null;
  personalDocuments: PersonalDocument[];
  notificationChannels: { login: string; type: 'PHONE' | 'EMAIL'; confirmedDate: string | null }[];
  legalEntities: { legalEntity: { id: string }; externalId: string | null; employeeId: string }[];
}

export interface Colleague {
  id: string;
  externalId: string | null;
  lastName: string;
  firstName: string;
  patronymic: string | null;
  legalEntityId: string;
  department: { id: string; name: string };
  position: { id: string; name: string };
}
