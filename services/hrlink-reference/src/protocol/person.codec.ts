import { Injectable } from '@nestjs/common';
import type { Colleague, EmployeeRow, NamedRef, PersonalDocument } from '@poligon/hrlink-api';
import type { ClientUser, Employee } from '../domain/client-user.js';
import { ClientUserStore, EmployeeStore } from '../state/people.store.js';
import { StructureStore } from '../state/structure.store.js';
import { isoDate } from './iso-date.js';

/** Names as every object that mentions a person shows them. */
export interface PersonName {
  lastName: string;
  firstName: string;
  patronymic: string | null;
}

const NOBODY: PersonName = { lastName: '', firstName: '', patronymic: null };

/** Persons and employees in wire form (spec 2.3). */
@Injectable()
export class PersonCodec {
  constructor(
    private readonly users: ClientUserStore,
    private readonly employees: EmployeeStore,
    private readonly structure: StructureStore,
  ) {}

  name(clientUserId: string): PersonName {
    const user = this.users.byId(clientUserId);
    if (user === undefined) return NOBODY;
    return { lastName: user.lastName, firstName: user.firstName, patronymic: user.patronymic };
  }

  position(employee: Employee | undefined): NamedRef {
    return this.unit('position', employee?.positionId);
  }

  department(employee: Employee | undefined): NamedRef {
    return this.unit('department', employee?.departmentId);
  }

  /** One row of the employees list: a person with all their employees. */
  row(user: ClientUser): EmployeeRow {
    const own = this.employees.ofUser(user.id);
    return {
      id: own[0]?.id ?? user.id,
      clientUserId: user.id,
      externalId: user.externalId,
      ...this.name(user.id),
      personalDocuments: personalDocuments(user),
      notificationChannels: channels(user),
      legalEntities: own.map(({ id, legalEntityId, externalId }) => ({
        legalEntity: { id: legalEntityId },
        externalId,
        employeeId: id,
      })),
    };
  }

  colleague(employee: Employee): Colleague {
    return {
      id: employee.id,
      externalId: employee.externalId,
      ...this.name(employee.clientUserId),
      legalEntityId: employee.legalEntityId,
      department: this.department(employee),
      position: this.position(employee),
    };
  }

  private unit(kind: 'position' | 'department', id: string | undefined): NamedRef {
    const unit = id === undefined ? undefined : this.structure.byId(kind, id);
    return { id: id ?? '', name: unit?.name ?? '' };
  }
}

function channels(user: ClientUser): EmployeeRow['notificationChannels'] {
  const confirmedDate = isoDate(user.acceptedAtMs);
  const phone = user.phone === null ? [] : [{ login: user.phone, type: 'PHONE' as const, confirmedDate }];
  const email = user.email === null ? [] : [{ login: user.email, type: 'EMAIL' as const, confirmedDate }];
  return [...phone, ...email];
}

function personalDocuments({ snils, inn, passport }: ClientUser): PersonalDocument[] {
  const documents: PersonalDocument[] = [];
  if (snils !== null) documents.push({ type: 'SNILS', number: snils });
  if (inn !== null) documents.push({ type: 'INN', number: inn });
  if (passport !== null) {
    documents.push({
      type: 'PASSPORT',
      serialNumber: passport.series,
      number: passport.number,
      issuedDate: passport.issuedDate,
      issuingAuthority: passport.issuedBy,
      issuingAuthorityCode: passport.departmentCode,
      birthplace: passport.birthplace,
    });
  }
  return documents;
}
