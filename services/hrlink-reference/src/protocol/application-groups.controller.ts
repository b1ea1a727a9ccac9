import { Controller, Inject } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { Config } from '../config.js';
import { type Actor, personOf } from '../domain/actor.js';
import type { ApplicationFilter, TimeRange } from '../domain/application-filter.js';
import { ApplicationCreation } from '../flow/application-creation.js';
import { applicationGroupInput, type ApplicationFields } from '../flow/application-input.js';
import { ApplicationStore } from '../state/application.store.js';
import { ApplicationCodec } from './application.codec.js';
import { CurrentActor } from './caller.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { BodyOf, page } from './input.decorator.js';
import { success } from './success.js';

const ids = z.array(z.string()).max(10_000).nullish();
const date = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be an ISO date')
  .transform((text) => Date.parse(text))
  .nullish();

const registryFilter = page.extend({
  applicationTypeIds: ids,
  applicationIds: ids,
  employeeIds: ids,
  legalEntityIds: ids,
  clientDepartmentIds: ids,
  applicationStatuses: ids,
  applicationDateFrom: date,
  applicationDateTo: date,
  applicationCreatedDateFrom: date,
  applicationCreatedDateTo: date,
  applicationDocflowFinishedDateFrom: date,
  applicationDocflowFinishedDateTo: date,
});
type RegistryFilter = z.output<typeof registryFilter>;

/** Creation of applications and their HR registry (spec 2.7). */
@Controller()
export class ApplicationGroupsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly creation: ApplicationCreation,
    private readonly store: ApplicationStore,
    private readonly codec: ApplicationCodec,
  ) {}

  @HrlinkRoute('applicationGroups.create', { about: 'an employee makes an application', access: 'employee' })
  create(@BodyOf(applicationGroupInput) body: ApplicationFields, @CurrentActor() actor: Actor) {
    const application = this.creation.create(body, personOf(actor));
    return success({ applicationGroup: { id: application.groupId, applications: [{ id: application.id }] } });
  }

  @HrlinkRoute('applicationGroups.getHrRegistry', { about: 'HR registry of applications', pool: 'registry' })
  registry(@BodyOf(registryFilter) body: RegistryFilter, @CurrentActor() actor: Actor) {
    const limit = Math.min(body.limit ?? 50, this.config.maxPageLimit);
    const found = this.store.registry(filterOf(body, actor.clientUserId), body.offset ?? 0, limit);
    return success({ applicationGroups: found.map((application) => this.codec.group(application)) });
  }
}

function filterOf(body: RegistryFilter, viewerId: string | null): ApplicationFilter {
  return {
    typeIds: body.applicationTypeIds ?? undefined,
    applicationIds: body.applicationIds ?? undefined,
    employeeIds: body.employeeIds ?? undefined,
    legalEntityIds: body.legalEntityIds ?? undefined,
    departmentIds: body.clientDepartmentIds ?? undefined,
    statuses: body.applicationStatuses ?? undefined,
    date: range(body.applicationDateFrom, body.applicationDateTo),
    created: range(body.applicationCreatedDateFrom, body.applicationCreatedDateTo),
    finished: range(body.applicationDocflowFinishedDateFrom, body.applicationDocflowFinishedDateTo),
    viewerId,
  };
}

function range(fromMs: number | null | undefined, toMs: number | null | undefined): TimeRange {
  return { fromMs: fromMs ?? undefined, toMs: toMs ?? undefined };
}
