import { Injectable } from '@nestjs/common';
import { Clock, Ids } from '@poligon/emulator-kit';
import { DOCUMENT_TYPES } from '../domain/dictionary-seed.js';
import type { DocumentContent, DocumentGroup, HrDocument } from '../domain/document.js';
import { documentState, requireUnsentDraft } from '../domain/document-lifecycle.js';
import { found, Refusal } from '../domain/refusal.js';
import type { RouteTemplate } from '../domain/route.js';
import { findRoute, HEAD_ROLE_ID, routeByKey } from '../domain/route-seed.js';
import { DocumentStore } from '../state/document.store.js';
import { FileStore } from '../state/work.store.js';
import { Chronicle } from './chronicle.js';
import type { DocumentFields, DocumentGroupFields } from './document-draft-input.js';
import { PeopleDirectory } from './people-directory.js';
import { StructureDirectory } from './structure-directory.js';

/** Drafts: groups of documents before they are sent (spec 2.6, 4.1). */
@Injectable()
export class DocumentDrafts {
  constructor(
    private readonly documents: DocumentStore,
    private readonly files: FileStore,
    private readonly people: PeopleDirectory,
    private readonly structure: StructureDirectory,
    private readonly chronicle: Chronicle,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Makes a group with its drafts. Nothing is stored when any document is refused. */
  create(fields: DocumentGroupFields, lnaId: string | null = null): DocumentGroup {
    const group: DocumentGroup = {
      id: this.ids.uuid(),
      name: fields.name,
      createdAtMs: this.clock.nowMs(),
      documentIds: [],
      version: 1,
    };
    const drafts = fields.documents.map((document) => this.draft(group.id, document, lnaId));
    refuseRepeats(drafts);
    for (const draft of drafts) {
      this.documents.save(draft);
      group.documentIds.push(draft.id);
      this.chronicle.note(draft.id, documentState(draft));
    }
    this.documents.saveGroup(group);
    return group;
  }

  /** Replaces the content of an unsent draft. Refuses a stale `version` with `versionConflict`. */
  update(document: HrDocument, fields: DocumentFields, version: number | undefined): void {
    requireUnsentDraft(document);
    if (version !== undefined && version !== document.version) {
      throw new Refusal('versionConflict', { version: document.version });
    }
    document.content = this.content(fields);
    document.version += 1;
    this.documents.save(document);
    this.chronicle.note(document.id, 'draft', 'edited');
  }

  private draft(groupId: string, fields: DocumentFields, lnaId: string | null): HrDocument {
    const externalId = fields.externalId ?? null;
    if (externalId !== null && this.documents.byExternalId(externalId).some((one) => one.deletedAtMs === null)) {
      throw new Refusal('duplicateExternalId', { externalId });
    }
    return {
      id: this.ids.uuid(),
      groupId,
      externalId,
      baseDocumentId: null,
      baseDocumentExternalId: null,
      lnaId,
      createdAtMs: this.clock.nowMs(),
      content: this.content(fields),
      isDraft: true,
      sentAtMs: null,
      signers: [],
      deletedAtMs: null,
      finishedAtMs: null,
      annulledAtMs: null,
      lastSignedAtMs: null,
      printFormUpdatedAtMs: null,
      version: 1,
    };
  }

  private content(fields: DocumentFields): DocumentContent {
    const route = routeOf(fields);
    const legalEntityName = { id: fields.legalEntityId, externalId: fields.legalEntityExternalId };
    const legalEntityId = this.structure.resolve('legalEntity', legalEntityName)?.id;
    return {
      fileId: this.fileId(fields),
      typeId: documentTypeId(fields),
      number: fields.number ?? null,
      date: fields.date,
      legalEntityId: legalEntityId ?? null,
      templateKey: route.templateKey,
      routeTemplateId: fields.routeTemplateId || fields.routeTemplateExternalId ? route.id : null,
      headManagerId: this.headManager(fields, legalEntityId),
      employeeIds: this.employeeIds(fields, legalEntityId),
      chosen: this.chosen(fields, legalEntityId),
    };
  }

  private fileId(fields: DocumentFields): string {
    const id = fields.fileId ?? fields.fileExternalId ?? '';
    return found(this.files.byId(id), `file ${id}`).id;
  }

  private employeeIds(fields: DocumentFields, legalEntityId: string | undefined): string[] {
    const byId = (fields.employeeIds ?? []).map((id) => this.people.employee({ id }).id);
    const byExternalId = (fields.employeeExternalIds ?? []).map(
      (externalId) => this.people.employee({ externalId }, legalEntityId).id,
    );
    return [...new Set([...byId, ...byExternalId])];
  }

  private chosen(fields: DocumentFields, legalEntityId: string | undefined): Record<string, string> {
    const pairs = (fields.participants ?? []).map(({ id, employeeId, employeeExternalId }) => {
      const employee = this.people.employee({ id: employeeId, externalId: employeeExternalId }, legalEntityId);
      return [id, employee.id] as const;
    });
    return Object.fromEntries(pairs);
  }

  /** Refuses with `notHeadManager` an employee who neither has the head role nor heads a department (90.422). */
  private headManager(fields: DocumentFields, legalEntityId: string | undefined): string | null {
    if (!fields.headManagerId && !fields.headManagerExternalId) return null;
    const name = { id: fields.headManagerId, externalId: fields.headManagerExternalId };
    const head = this.people.employee(name, legalEntityId);
    if (!head.roleIds.includes(HEAD_ROLE_ID) && !this.structure.isHeadOfDepartment(head.id)) {
      throw new Refusal('notHeadManager', { employeeId: head.id });
    }
    return head.id;
  }
}

function documentTypeId({ typeId }: DocumentFields): string | null {
  if (!typeId) return null;
  return found(
    DOCUMENT_TYPES.find((type) => type.id === typeId),
    `documentType ${typeId}`,
  ).id;
}

/** The named template, else the legacy signingOrder, else EMPLOYEE_ONLY when nothing is said. */
function routeOf(fields: DocumentFields): RouteTemplate {
  if (fields.routeTemplateId || fields.routeTemplateExternalId) {
    const named = findRoute(fields.routeTemplateId ?? null, fields.routeTemplateExternalId ?? null);
    return found(named?.signingObjectType === 'DOCUMENT' ? named : undefined, 'routeTemplate');
  }
  const key = fields.signingOrder ?? 'EMPLOYEE_ONLY';
  const route = routeByKey(key);
  if (route?.signingObjectType !== 'DOCUMENT') throw new Refusal('malformedJson', { path: 'signingOrder' });
  return route;
}

function refuseRepeats(drafts: readonly HrDocument[]): void {
  const seen = new Set<string>();
  for (const { externalId } of drafts) {
    if (externalId === null) continue;
    if (seen.has(externalId)) throw new Refusal('duplicateExternalId', { externalId });
    seen.add(externalId);
  }
}
