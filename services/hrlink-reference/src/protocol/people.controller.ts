import { Controller, Inject } from '@nestjs/common';
import { Clock, CONFIG } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { Config } from '../config.js';
import { type Actor, personOf } from '../domain/actor.js';
import { Refusal } from '../domain/refusal.js';
import { personFields } from '../flow/bulk-item.js';
import { PeopleDirectory } from '../flow/people-directory.js';
import { ClientUserStore, EmployeeStore } from '../state/people.store.js';
import { CurrentActor } from './caller.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { BodyOf } from './input.decorator.js';
import { PersonCodec } from './person.codec.js';
import { subjectOfPhone } from './subject.js';
import { success } from './success.js';

const employeeInput = z.object({
  clientUserId: z.string(),
  legalEntityId: z.string(),
  departmentId: z.string(),
  positionId: z.string(),
  roleIds: z.array(z.string()).max(20).nullish(),
  externalId: z.string().max(300).nullish(),
});

const planningInput = z.object({
  planningState: z.enum(['ENABLED', 'DISABLED']),
  planningYear: z.int().nullish(),
});

/** Persons, employees, colleagues (spec 2.3). */
@Controller()
export class PeopleController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly people: PeopleDirectory,
    private readonly users: ClientUserStore,
    private readonly employees: EmployeeStore,
    private readonly codec: PersonCodec,
    private readonly clock: Clock,
  ) {}

  @HrlinkRoute('users.create', { about: 'adds a person', subject: subjectOfPhone('phone') })
  createUser(@BodyOf(personFields) body: z.output<typeof personFields>) {
    return success({ clientUser: { id: this.people.saveUser(body).user.id } });
  }

  @HrlinkRoute('employees.create', { about: 'gives a person a place in a legal entity' })
  createEmployee(@BodyOf(employeeInput) body: z.output<typeof employeeInput>) {
    const fields = { ...body, externalId: body.externalId ?? null, roleIds: body.roleIds ?? [] };
    return success({ employee: { id: this.people.saveEmployee(fields).employee.id } });
  }

  @HrlinkRoute('employees', { about: 'all persons with their employees, whole', pool: 'registry' })
  list() {
    return success({ employees: Array.from(this.users.list(), (user) => this.codec.row(user)) });
  }

  /** Everybody in the caller's legal entities but the caller. */
  @HrlinkRoute('colleagues', { about: 'candidates for approval', access: 'employee' })
  colleagues(@CurrentActor() actor: Actor) {
    const clientUserId = personOf(actor);
    const legalEntityIds = new Set(this.employees.ofUser(clientUserId).map(({ legalEntityId }) => legalEntityId));
    const colleagues = [];
    for (const employee of this.employees.list()) {
      if (employee.clientUserId === clientUserId || !legalEntityIds.has(employee.legalEntityId)) continue;
      colleagues.push(this.codec.colleague(employee));
      if (colleagues.length >= this.config.maxPageLimit) break;
    }
    return success({ colleagues });
  }

  /** This or next year only (spec 2.3 [V]). */
  @HrlinkRoute('vacations.setPlanningState', { about: 'opens or closes vacation planning' })
  setPlanningState(@BodyOf(planningInput) { planningYear }: z.output<typeof planningInput>) {
    const thisYear = new Date(this.clock.nowMs()).getUTCFullYear();
    if (planningYear && planningYear !== thisYear && planningYear !== thisYear + 1) {
      throw new Refusal('malformedJson', { path: 'planningYear', reason: 'must be this or next year' });
    }
    return success({});
  }
}
