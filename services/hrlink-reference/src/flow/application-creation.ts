import { Injectable } from '@nestjs/common';
import { Ids } from '@poligon/emulator-kit';
import type { Application, ApplicationSigner } from '../domain/application.js';
import { openApplicationStage } from '../domain/application-lifecycle.js';
import type { Employee } from '../domain/client-user.js';
import { APPLICATION_TYPES, type ApplicationType } from '../domain/dictionary-seed.js';
import { found, Refusal } from '../domain/refusal.js';
import { findRoute } from '../domain/route-seed.js';
import type { RouteParticipant, RouteStage, RouteTemplate } from '../domain/route.js';
import { ApplicationStore } from '../state/application.store.js';
import { EmployeeStore } from '../state/people.store.js';
import { StructureStore } from '../state/structure.store.js';
import type { ApplicationFields } from './application-input.js';
import { Chronicle } from './chronicle.js';
import { Files } from './files.js';

/** Creation of an application by the employee (spec 2.7, flow (c) 5). */
@Injectable()
export class ApplicationCreation {
  constructor(
    private readonly store: ApplicationStore,
    private readonly employees: EmployeeStore,
    private readonly structure: StructureStore,
    private readonly files: Files,
    private readonly chronicle: Chronicle,
    private readonly ids: Ids,
  ) {}

  /** Makes the application; one from a template gets its file made and converted too. */
  create(fields: ApplicationFields, clientUserId: string): Application {
    const type = found(
      APPLICATION_TYPES.find(({ id }) => id === fields.applicationTypeId),
      'applicationType',
    );
    const employee = this.applicant(fields, clientUserId);
    const route = found(findRoute(type.routeId, null), 'routeTemplate');
    const application: Application = {
      ...this.identity(fields),
      typeId: type.id,
      routeId: route.id,
      creatorUserId: clientUserId,
      employeeId: employee.id,
      legalEntityId: employee.legalEntityId,
      departmentId: employee.departmentId,
      fileId: this.fileId(type, fields, clientUserId),
      signers: this.signers(route, employee, fields),
      ...NOTHING_HAPPENED,
      responsibles: [],
      comments: [],
      version: 1,
    };
    openApplicationStage(application, application.createdAtMs);
    this.store.save(application);
    this.chronicle.accepted('application', application.id, 'draft');
    return application;
  }

  private identity(fields: ApplicationFields) {
    return {
      id: this.ids.uuid(),
      groupId: this.ids.uuid(),
      externalId: fields.externalId ?? null,
      date: fields.date,
      number: fields.number ?? String(this.store.count() + 1),
      fields: fields.templateFields ?? [],
      attachmentFileIds: (fields.attachments ?? []).map(({ fileId }) => this.files.find(fileId).id),
      createdAtMs: this.chronicle.nowMs(),
    };
  }

  /** The caller's own employee in that legal entity. */
  private applicant(fields: ApplicationFields, clientUserId: string): Employee {
    const own = this.employees.ofUser(clientUserId).filter((one) => one.legalEntityId === fields.legalEntityId);
    const employee = fields.employeeId ? own.find(({ id }) => id === fields.employeeId) : own[0];
    if (employee === undefined) throw new Refusal('forbidden', { permission: 'CREATE_APPLICATION' });
    return employee;
  }

  /** The uploaded file, or for a template the form HRlink fills in itself. */
  private fileId(type: ApplicationType, fields: ApplicationFields, creatorId: string): string {
    if (fields.fileId) return this.files.find(fields.fileId).id;
    if (!type.isTemplatable) throw new Refusal('malformedJson', { path: 'fileId' });
    const filled = Buffer.from(JSON.stringify(fields.templateFields ?? []));
    return this.files.accept({ name: 'application.pdf', content: filled, creatorId }).id;
  }

  private signers(route: RouteTemplate, employee: Employee, fields: ApplicationFields): ApplicationSigner[] {
    return route.stages.flatMap((stage) =>
      stage.participants.flatMap((participant) =>
        this.people(participant, employee, fields).map((person) => this.signer(stage, participant, person)),
      ),
    );
  }

  /** Who fills a place of the route: the applicant, the one chosen or found by rule, or everybody of a role. */
  private people(place: RouteParticipant, employee: Employee, fields: ApplicationFields): Employee[] {
    if (place.type === 'EMPLOYEE') return [employee];
    if (place.type === 'ROLE') return this.ofRole(place.roleId, employee.legalEntityId);
    const chosenId = fields.participants?.find(({ id }) => id === place.id)?.employeeId ?? this.headOf(employee);
    if (!chosenId) throw new Refusal('malformedJson', { path: 'participants', participantId: place.id });
    return [found(this.employees.byId(chosenId), `employee ${chosenId}`)];
  }

  private headOf(employee: Employee): string | null {
    return this.structure.byId('department', employee.departmentId)?.headManagerId ?? null;
  }

  private ofRole(roleId: string | null, legalEntityId: string): Employee[] {
    const holders: Employee[] = [];
    for (const one of this.employees.list()) {
      if (one.legalEntityId === legalEntityId && one.roleIds.includes(roleId ?? '')) holders.push(one);
      if (holders.length === MAX_ROLE_HOLDERS) break;
    }
    return holders.length > 0 ? holders : [NOBODY];
  }

  private signer(stage: RouteStage, participant: RouteParticipant, employee: Employee): ApplicationSigner {
    return {
      id: this.ids.uuid(),
      employeeId: employee.id,
      clientUserId: employee.clientUserId,
      participantId: participant.id,
      actionType: participant.actionType,
      signingOrder: stage.indexNumber,
      completeness: stage.completeness,
      canWithdrawBefore: stage.canDeleteBeforeCompleted,
      availableAtMs: null,
      signedAtMs: null,
      rejectedAtMs: null,
      rejectionComment: null,
      pending: null,
      signature: null,
    };
  }
}

const MAX_ROLE_HOLDERS = 20;

/** Stands for a role nobody holds: the API token's owner, who is HR, acts in that place. */
const NOBODY: Employee = {
  id: '',
  externalId: null,
  clientUserId: '',
  legalEntityId: '',
  departmentId: '',
  positionId: '',
  roleIds: [],
  number: null,
  availableVacationDayCount: null,
};

const NOTHING_HAPPENED = {
  deletedAtMs: null,
  rejectedAtMs: null,
  finishedAtMs: null,
  lastSignedAtMs: null,
  printFormUpdatedAtMs: null,
} as const;
