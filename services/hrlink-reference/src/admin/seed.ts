import { Injectable } from '@nestjs/common';
import { Ids } from '@poligon/emulator-kit';
import { defaultPopulation, type Person } from '@poligon/people';
import { AstralAuthority } from '../adapters/astral-authority.js';
import type { ClientUser } from '../domain/client-user.js';
import { newNqesIssue } from '../domain/nqes-issue.js';
import { HEAD_ROLE_ID, HR_ROLE_ID } from '../domain/route-seed.js';
import { BulkItems } from '../flow/bulk-items.js';
import { Chronicle } from '../flow/chronicle.js';
import { Logins } from '../flow/logins.js';
import { NqesOutcome } from '../flow/nqes-outcome.js';
import { ClientUserStore } from '../state/people.store.js';
import { NqesIssueStore } from '../state/work.store.js';

export interface SeedOrder {
  /** First person of the population. */
  readonly from: number;
  readonly count: number;
  /** added: record only; accepted: may log in; certified: УНЭП asked for at the certification authority. */
  readonly state: 'added' | 'accepted' | 'certified';
  readonly password: string;
  readonly role: 'none' | 'head' | 'hr';
}

export interface SeedReport {
  readonly people: number;
  /** Issues begun at the authority; watch them with `pending?kind=nqes`. */
  readonly issues: number;
}

/**
 * Puts people of the common population into the tenant without the employee's own steps. A УНЭП is still issued by the
 * certification authority (Астрал contract), so it exists there; only the code and the acceptance are skipped.
 */
@Injectable()
export class Seed {
  constructor(
    private readonly items: BulkItems,
    private readonly users: ClientUserStore,
    private readonly logins: Logins,
    private readonly issues: NqesIssueStore,
    private readonly outcome: NqesOutcome,
    private readonly authority: AstralAuthority,
    private readonly chronicle: Chronicle,
    private readonly ids: Ids,
  ) {}

  async run(order: SeedOrder): Promise<SeedReport> {
    const units = new Set<string>();
    let issues = 0;
    for (let index = order.from; index < order.from + order.count; index += 1) {
      const person = defaultPopulation.person(index);
      this.structure(person, units);
      const user = this.person(person, order);
      if (order.state === 'certified' && user.certificate === null) {
        await this.issue(user);
        issues += 1;
      }
      // Fifty thousand people must not hold the loop.
      if (index % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
    }
    return { people: order.count, issues };
  }

  private structure(person: Person, units: Set<string>): void {
    const organisation = defaultPopulation.organisation(person.employerIndex);
    this.once(units, `o${organisation.index}`, () => {
      const { name, shortName, inn, kpp, ogrn, guid } = organisation;
      this.items.apply('LEGAL_ENTITIES', { name, shortName, inn, kpp, ogrn, externalId: guid });
    });
    this.once(units, 'root', () => {
      this.items.apply('CLIENT_DEPARTMENTS', { name: 'Все подразделения', externalId: ROOT_DEPARTMENT });
    });
    const department = defaultPopulation.department(person.employerIndex, person.departmentIndex);
    this.once(units, department.guid, () => {
      const parent = { parentDepartmentExternalId: ROOT_DEPARTMENT, legalEntityExternalId: organisation.guid };
      this.items.apply('CLIENT_DEPARTMENTS', { name: department.name, externalId: department.guid, ...parent });
    });
    const position = defaultPopulation.position(person.positionIndex);
    this.once(units, position.guid, () => {
      this.items.apply('EMPLOYEE_POSITIONS', { name: position.name, externalId: position.guid });
    });
  }

  private once(units: Set<string>, key: string, make: () => void): void {
    if (units.has(key)) return;
    units.add(key);
    make();
  }

  private person(person: Person, order: SeedOrder): ClientUser {
    const { id } = this.items.apply('CLIENT_USERS_V5', personItem(person, order.role));
    const user = this.users.byId(id) as ClientUser;
    if (order.state !== 'added' && user.acceptedAtMs === null) {
      this.logins.setPassword(user, order.password);
      user.acceptedAtMs = this.chronicle.nowMs();
      this.users.save(user);
    }
    return user;
  }

  private async issue(user: ClientUser): Promise<void> {
    const rules = { length: 4, ttlMs: 0, attempts: 0, resendAfterMs: 0 };
    const kind = { caStyle: 'astral', identificationType: 'ONSITE', codeChannel: 'SMS' } as const;
    const fields = { id: this.ids.uuid(), clientUserId: user.id, ...kind, rules };
    const issue = newNqesIssue(fields, this.chronicle.nowMs());
    issue.state = 'IN_PROCESSING';
    issue.isCodeConfirmed = true;
    issue.isAutoAccepted = true;
    issue.caRequestId = this.ids.uuid();
    this.issues.save(issue);
    this.outcome.opened(issue);
    await this.authority.register(issue.caRequestId, this.outcome.applicant(issue));
  }
}

const ROOT_DEPARTMENT = 'poligon-root';

function personItem(person: Person, role: SeedOrder['role']): Record<string, unknown> {
  const { passport } = person;
  const roleIds = { none: [], head: [HEAD_ROLE_ID], hr: [HR_ROLE_ID] }[role];
  return {
    externalId: person.personGuid,
    lastName: person.lastName,
    firstName: person.firstName,
    patronymic: person.patronymic,
    gender: person.gender,
    birthdate: person.birthDate,
    phone: person.phone,
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
      },
    ],
    employees: [
      {
        externalId: person.employeeGuid,
        legalEntityExternalId: defaultPopulation.organisation(person.employerIndex).guid,
        departmentExternalId: defaultPopulation.department(person.employerIndex, person.departmentIndex).guid,
        positionExternalId: defaultPopulation.position(person.positionIndex).guid,
        roleIds,
        number: person.personnelNumber,
      },
    ],
  };
}
