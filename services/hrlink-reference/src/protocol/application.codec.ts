import { Injectable } from '@nestjs/common';
import type {
  Application as WireApplication,
  ApplicationGroup,
  ApplicationSigner as WireSigner,
  RouteStage as WireStage,
  RouteTemplate as WireTemplate,
} from '@poligon/hrlink-api';
import { Inject } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import type { Config } from '../config.js';
import type { Application, ApplicationSigner } from '../domain/application.js';
import { APPLICATION_TYPES } from '../domain/dictionary-seed.js';
import type { RouteStage, RouteTemplate } from '../domain/route.js';
import { findRoute } from '../domain/route-seed.js';
import { EmployeeStore } from '../state/people.store.js';
import { StructureStore } from '../state/structure.store.js';
import { FileStore } from '../state/work.store.js';
import { signingInfo } from './document.codec.js';
import { isoDate } from './iso-date.js';
import { PersonCodec } from './person.codec.js';

/** Dictionaries are fixed: they were there when HRlink was installed. */
const DICTIONARY_DATE = '2024-01-01T00:00:00.000Z';

/** Applications and routes in wire form (spec 2.5, 2.7). */
@Injectable()
export class ApplicationCodec {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly files: FileStore,
    private readonly employees: EmployeeStore,
    private readonly structure: StructureStore,
    private readonly people: PersonCodec,
  ) {}

  group(application: Application): ApplicationGroup {
    const type = APPLICATION_TYPES.find(({ id }) => id === application.typeId);
    const route = findRoute(application.routeId, null);
    return {
      id: application.groupId,
      creator: { id: application.creatorUserId, ...this.people.name(application.creatorUserId) },
      applicationType: { id: application.typeId, name: type?.name ?? '' },
      date: application.date,
      number: application.number,
      templateFieldData: { userFields: this.userFields(application), systemFields: [] },
      externalId: application.externalId,
      createdDate: isoDate(application.createdAtMs),
      sentDate: isoDate(application.lastSignedAtMs),
      route: {
        id: application.routeId,
        name: route?.name ?? '',
        templateId: application.routeId,
        stages: (route?.stages ?? []).map((stage) => this.stage(application.routeId, stage)),
      },
      applications: [this.application(application)],
      attachments: application.attachmentFileIds.map((fileId) => this.attachment(fileId)),
      version: application.version,
      attachmentUploadingAllowed: application.lastSignedAtMs === null,
    };
  }

  application(application: Application): WireApplication {
    const file = this.files.byId(application.fileId);
    const legalEntity = this.structure.byId('legalEntity', application.legalEntityId);
    return {
      id: application.id,
      applicationGroupId: application.groupId,
      legalEntity: { id: application.legalEntityId, name: legalEntity?.name ?? '' },
      originalFile: file === undefined ? null : { id: file.id, name: file.name },
      fileId: application.fileId,
      externalId: application.externalId,
      fileProcessedDate: isoDate(file?.processedAtMs ?? null),
      fileConversionFailedDate: isoDate(file?.conversionFailedAtMs ?? null),
      deletedDate: isoDate(application.deletedAtMs),
      rejectedDate: isoDate(application.rejectedAtMs),
      docflowFinishedDate: isoDate(application.finishedAtMs),
      signers: application.signers.map((signer) => this.signer(signer)),
      responsibles: application.responsibles.map(({ employeeId, takenAtMs }) => ({
        employeeId,
        takenDate: isoDate(takenAtMs),
      })),
      lastSignedDate: isoDate(application.lastSignedAtMs),
      printFormUpdatedDate: isoDate(application.printFormUpdatedAtMs),
      version: application.version,
      eventDates: this.eventDates(application),
      comments: application.comments,
      recipients: [],
    };
  }

  route(template: RouteTemplate): WireTemplate {
    return {
      id: template.id,
      clientId: this.config.clientId,
      name: template.name,
      signingObjectType: template.signingObjectType,
      externalId: template.externalId,
      templateKey: template.templateKey,
      createdDate: DICTIONARY_DATE,
      deactivatedDate: null,
      stages: template.stages.map((stage) => this.stage(template.id, stage)),
      legalEntities: this.structure
        .list('legalEntity')
        .map(({ id, name, shortName, externalId }) => ({ id, name, shortName, externalId })),
      version: 1,
    };
  }

  private stage(routeId: string, stage: RouteStage): WireStage {
    return {
      id: stage.id,
      signingRouteTemplateId: routeId,
      indexNumber: stage.indexNumber,
      type: stage.type,
      completenessCondition: stage.completeness,
      responsibleEnabled: stage.responsibleEnabled,
      canDeleteBeforeStageCompleted: stage.canDeleteBeforeCompleted,
      participants: stage.participants.map(({ roleId: _roleId, ...participant }) => ({
        ...participant,
        templateStageId: stage.id,
        employee: null,
        isMultipleSigners: false,
        relatedParticipantId: null,
        required: true,
        unchangeable: false,
        version: 1,
      })),
      version: 1,
    };
  }

  private signer(signer: ApplicationSigner): WireSigner {
    const employee = this.employees.byId(signer.employeeId);
    return {
      id: signer.id,
      ...this.people.name(signer.clientUserId),
      participantId: signer.participantId,
      actionType: signer.actionType,
      signingOrder: signer.signingOrder,
      clientUserId: signer.clientUserId,
      employee: {
        id: signer.employeeId,
        externalId: employee?.externalId ?? null,
        position: this.people.position(employee),
        department: this.people.department(employee),
        number: employee?.number ?? null,
      },
      signingAvailabilityDate: isoDate(signer.availableAtMs),
      madeDecision: signer.signedAtMs !== null || signer.rejectedAtMs !== null,
      signedDate: isoDate(signer.signedAtMs),
      signingInfo: signingInfo(signer.pending),
      rejectedDate: isoDate(signer.rejectedAtMs),
      rejectionComment: signer.rejectionComment,
    };
  }

  private userFields(application: Application): Record<string, unknown>[] {
    const fields = APPLICATION_TYPES.find(({ id }) => id === application.typeId)?.fields ?? [];
    return application.fields.map(({ substitutionKey, value }, sortOrder) => {
      const field = fields.find(({ key }) => key === substitutionKey);
      const label = field?.label ?? substitutionKey;
      const fieldType = field?.type ?? 'TEXT';
      return { label, note: null, sortOrder, substitutionKey, value, fieldType, required: true };
    });
  }

  private eventDates(application: Application): { label: string; value: string }[] {
    const fields = APPLICATION_TYPES.find(({ id }) => id === application.typeId)?.fields ?? [];
    return fields
      .filter(({ isEventDate }) => isEventDate)
      .flatMap(({ key, label }) => {
        const value = application.fields.find(({ substitutionKey }) => substitutionKey === key)?.value;
        return value === undefined ? [] : [{ label, value }];
      });
  }

  private attachment(fileId: string) {
    const file = this.files.byId(fileId);
    return { id: fileId, fileId, fileName: file?.name ?? '', createdDate: isoDate(file?.createdAtMs ?? 0) };
  }
}
