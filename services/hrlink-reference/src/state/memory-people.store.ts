import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import type { ClientUser, Employee } from '../domain/client-user.js';
import { BoundedTable } from './bounded-table.js';
import { MultiIndex } from './multi-index.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';
import { ClientUserStore, EmployeeStore } from './people.store.js';

/** Persons in memory. */
@ResetOnAdmin()
@Injectable()
export class MemoryClientUserStore extends ClientUserStore {
  private readonly table: BoundedTable<ClientUser>;
  /** `kind/value` → user id; stale entries are harmless because every hit is checked against the record. */
  private readonly index = new Map<string, string>();

  constructor(@Inject(STORE_LIMITS) limits: StoreLimits) {
    super();
    this.table = new BoundedTable({ limit: limits.people, isOver: () => false });
  }

  save(user: ClientUser): void {
    this.table.put(user);
    if (user.externalId !== null) this.index.set(`external/${user.externalId}`, user.id);
    if (user.phone !== null) this.index.set(`login/${user.phone}`, user.id);
    if (user.email !== null) this.index.set(`login/${user.email}`, user.id);
    if (user.invitation !== null) this.index.set(`invitation/${user.invitation.token}`, user.id);
  }

  byId(id: string): ClientUser | undefined {
    return this.table.get(id);
  }

  byExternalId(externalId: string): ClientUser | undefined {
    return this.lookUp(`external/${externalId}`, (user) => user.externalId === externalId);
  }

  byLogin(login: string): ClientUser | undefined {
    return this.lookUp(`login/${login}`, (user) => user.phone === login || user.email === login);
  }

  byInvitation(token: string): ClientUser | undefined {
    return this.lookUp(`invitation/${token}`, (user) => user.invitation?.token === token);
  }

  list(): IterableIterator<ClientUser> {
    return this.table.values();
  }

  reset(): void {
    this.table.clear();
    this.index.clear();
  }

  private lookUp(key: string, isStill: (user: ClientUser) => boolean): ClientUser | undefined {
    const id = this.index.get(key);
    const user = id === undefined ? undefined : this.table.get(id);
    if (user !== undefined && isStill(user)) return user;
    this.index.delete(key);
    return undefined;
  }
}

/** Employees in memory. */
@ResetOnAdmin()
@Injectable()
export class MemoryEmployeeStore extends EmployeeStore {
  private readonly table: BoundedTable<Employee>;
  private readonly byExternal = new MultiIndex();
  private readonly byUser = new MultiIndex();

  constructor(@Inject(STORE_LIMITS) limits: StoreLimits) {
    super();
    this.table = new BoundedTable({ limit: limits.people, isOver: () => false });
  }

  save(employee: Employee): void {
    this.table.put(employee);
    if (employee.externalId !== null) this.byExternal.add(employee.externalId, employee.id);
    this.byUser.add(employee.clientUserId, employee.id);
  }

  byId(id: string): Employee | undefined {
    return this.table.get(id);
  }

  byExternalId(externalId: string, legalEntityId?: string | null): Employee | undefined {
    for (const id of this.byExternal.ids(externalId)) {
      const employee = this.table.get(id);
      if (employee?.externalId !== externalId) continue;
      if (!legalEntityId || employee.legalEntityId === legalEntityId) return employee;
    }
    return undefined;
  }

  ofUser(clientUserId: string): readonly Employee[] {
    return this.byUser.ids(clientUserId).flatMap((id) => this.table.get(id) ?? []);
  }

  list(): IterableIterator<Employee> {
    return this.table.values();
  }

  reset(): void {
    this.table.clear();
    this.byExternal.clear();
    this.byUser.clear();
  }
}
