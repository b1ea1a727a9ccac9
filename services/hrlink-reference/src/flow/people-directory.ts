import { Injectable } from '@nestjs/common';
import { Ids } from '@poligon/emulator-kit';
import type { ClientUser, Employee } from '../domain/client-user.js';
import { EMPLOYEE_ROLES } from '../domain/dictionary-seed.js';
import { type PersonFields, readPerson } from '../domain/person-input.js';
import { found, Refusal } from '../domain/refusal.js';
import type { Recipient } from '../domain/sending.js';
import { ClientUserStore, EmployeeStore } from '../state/people.store.js';
import { StructureStore } from '../state/structure.store.js';
import { assignChanges, type Change, type UnitName } from './structure-directory.js';

/** An employee as clients send it, references already resolved to ids. */
export interface EmployeeFields {
  readonly externalId: string | null;
  readonly clientUserId: string;
  readonly legalEntityId: string;
  readonly departmentId: string;
  readonly positionId: string;
  /** Left out: roles stay as they are. */
  readonly roleIds?: readonly string[] | undefined;
  readonly number?: string | null;
  readonly availableVacationDayCount?: number | null;
}

/** Persons and employees: creation, upsert, lookup. */
@Injectable()
export class PeopleDirectory {
  constructor(
    private readonly users: ClientUserStore,
    private readonly employees: EmployeeStore,
    private readonly structure: StructureStore,
    private readonly ids: Ids,
  ) {}

  /** Adds a person, or updates the one with the same externalId or СНИЛС (clients repeat people, spec section 5). */
  saveUser(fields: PersonFields): { user: ClientUser; change: Change } {
    const data = readPerson(fields);
    const known = data.externalId === null ? undefined : this.users.byExternalId(data.externalId);
    if (known !== undefined) {
      const isChanged = assignChanges(known, data);
      if (isChanged) this.users.save(known);
      return { user: known, change: isChanged ? 'updated' : 'not-modified' };
    }
    const user: ClientUser = { id: this.ids.uuid(), ...data, ...NEW_ACCESS, vacations: [] };
    this.users.save(user);
    return { user, change: 'created' };
  }

  /** Adds an employee or updates the one with the same externalId in the same legal entity. */
  saveEmployee(fields: EmployeeFields): { employee: Employee; change: Change } {
    this.checkReferences(fields);
    const { externalId, legalEntityId } = fields;
    const known = externalId === null ? undefined : this.employees.byExternalId(externalId, legalEntityId);
    if (known !== undefined && known.clientUserId === fields.clientUserId) {
      const isChanged = assignChanges(known, fields);
      if (isChanged) this.employees.save(known);
      return { employee: known, change: isChanged ? 'updated' : 'not-modified' };
    }
    const employee: Employee = {
      number: null,
      availableVacationDayCount: null,
      ...fields,
      roleIds: [...(fields.roleIds ?? [])],
      id: this.ids.uuid(),
    };
    this.employees.save(employee);
    return { employee, change: 'created' };
  }

  user(id: string): ClientUser {
    return found(this.users.byId(id), 'clientUser');
  }

  /** The employee a request names by HRlink's id or the client's. Refuses with `notFound`. */
  employee(name: UnitName, legalEntityId?: string | null): Employee {
    const byId = name.id ? this.employees.byId(name.id) : undefined;
    const byName = name.externalId ? this.employees.byExternalId(name.externalId, legalEntityId) : undefined;
    return found(byId ?? byName, `employee ${name.id ?? name.externalId ?? ''}`.trim());
  }

  recipient(employeeId: string): Recipient {
    const employee = this.employee({ id: employeeId });
    return { employee, user: this.user(employee.clientUserId) };
  }

  hasRole(clientUserId: string, roleId: string): boolean {
    return this.employees.ofUser(clientUserId).some((employee) => employee.roleIds.includes(roleId));
  }

  private checkReferences(fields: EmployeeFields): void {
    found(this.users.byId(fields.clientUserId), 'clientUser');
    found(this.structure.byId('legalEntity', fields.legalEntityId), 'legalEntity');
    found(this.structure.byId('department', fields.departmentId), 'department');
    found(this.structure.byId('position', fields.positionId), 'position');
    const unknown = fields.roleIds?.find((id) => !EMPLOYEE_ROLES.some((role) => role.id === id));
    if (unknown !== undefined) throw new Refusal('notFound', { object: `employeeRole ${unknown}` });
  }
}

const NEW_ACCESS = {
  isAdmin: false,
  invitation: null,
  acceptedAtMs: null,
  passwordDigest: null,
  certificate: null,
  // No СМЭВ is emulated: the check succeeds as the person is added.
  smevState: 'SUCCEEDED',
} as const;
