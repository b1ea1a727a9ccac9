import type { ClientUser, Employee } from '../domain/client-user.js';

/** Persons of the tenant. */
export abstract class ClientUserStore {
  abstract save(user: ClientUser): void;
  abstract byId(id: string): ClientUser | undefined;
  abstract byExternalId(externalId: string): ClientUser | undefined;
  /** By e-mail or phone in normal form. */
  abstract byLogin(login: string): ClientUser | undefined;
  abstract byInvitation(token: string): ClientUser | undefined;
  abstract list(): IterableIterator<ClientUser>;
}

/** Employees: a person has one per legal entity and position. */
export abstract class EmployeeStore {
  abstract save(employee: Employee): void;
  abstract byId(id: string): Employee | undefined;
  /** An externalId is unique within a legal entity only; without one the first found is given. */
  abstract byExternalId(externalId: string, legalEntityId?: string | null): Employee | undefined;
  abstract ofUser(clientUserId: string): readonly Employee[];
  abstract list(): IterableIterator<Employee>;
}
