import { Injectable } from '@nestjs/common';
import { DOCUMENT_TYPES } from '../domain/dictionary-seed.js';
import type { HrDocument } from '../domain/document.js';
import { addAcquaintance, dropAcquaintance, employeesWithout, type Lna, requireSendable } from '../domain/lna.js';
import { found, Refusal, requireState } from '../domain/refusal.js';
import { routeByKey } from '../domain/route-seed.js';
import { newTaskItem, type Task, type TaskItem } from '../domain/task.js';
import { DocumentStore } from '../state/document.store.js';
import { LnaStore, TaskStore } from '../state/work.store.js';
import { Background } from './background.js';
import { refusalText } from './bulk-item.js';
import { Chronicle } from './chronicle.js';
import { DocumentCopies } from './document-copies.js';
import { DocumentDrafts } from './document-drafts.js';
import type { LnaFields } from './lna-input.js';
import { PeopleDirectory } from './people-directory.js';

/** Local regulations: approval by the head and acquaintance of many employees (flow (b)). */
@Injectable()
export class Lnas {
  constructor(
    private readonly store: LnaStore,
    private readonly documents: DocumentStore,
    private readonly tasks: TaskStore,
    private readonly people: PeopleDirectory,
    private readonly drafts: DocumentDrafts,
    private readonly copies: DocumentCopies,
    private readonly chronicle: Chronicle,
    private readonly background: Background,
  ) {}

  create(fields: LnaFields): Lna {
    const externalId = fields.externalId ?? null;
    if (externalId !== null && this.store.byExternalId(externalId) !== undefined) {
      throw new Refusal('duplicateExternalId', { externalId });
    }
    const isApprovalRequired = fields.approvalRequired ?? false;
    if (isApprovalRequired && !fields.headManagerId) throw new Refusal('malformedJson', { path: 'headManagerId' });
    const id = this.copies.newId();
    const lna: Lna = {
      id,
      externalId,
      name: fields.name,
      typeId: fields.typeId ?? ACQUAINTANCE_TYPE,
      effectiveDate: fields.effectiveDate,
      version: fields.version,
      legalEntityId: fields.legalEntityId,
      fileId: fields.fileId,
      isApprovalRequired,
      headManagerId: fields.headManagerId ?? null,
      createdAtMs: this.chronicle.nowMs(),
      groupId: this.draftGroup(id, fields),
      state: 'DRAFT',
      approvalDocumentId: null,
      documentByEmployee: new Map(),
      pendingDocuments: 0,
    };
    this.store.save(lna);
    this.chronicle.note(lna.id, 'DRAFT');
    return lna;
  }

  /** Makes the document the head manager signs with document.employerSign; the ЛНА is then approved. */
  toApproval(lna: Lna): void {
    requireState(lna.state === 'DRAFT' && lna.headManagerId !== null, lna.state);
    const head = this.people.recipient(lna.headManagerId ?? '');
    lna.state = 'ON_APPROVAL';
    this.store.save(lna);
    this.chronicle.note(lna.id, 'ON_APPROVAL');
    const route = found(routeByKey('MANAGER_ONLY'), 'routeTemplate');
    this.background.run('lna.approval', async () => {
      lna.approvalDocumentId = (await this.copies.make(this.draft(lna), route, head)).id;
      this.store.save(lna);
    });
  }

  /** Sends the ЛНА to those of `employeeIds` who do not have it. Refuses with `wrongState` before approval. */
  send(lna: Lna, employeeIds: readonly string[]): Task {
    requireSendable(lna);
    for (const id of employeeIds) this.people.employee({ id });
    const fresh = new Set(employeesWithout(lna, employeeIds));
    const task: Task = {
      id: this.copies.newId(),
      kind: 'lnaSend',
      topic: lna.id,
      createdAtMs: this.chronicle.nowMs(),
      state: 'QUEUED',
      items: [...new Set(employeeIds)].map((id) => this.item(lna, id, fresh.has(id))),
    };
    for (const id of fresh) addAcquaintance(lna, id, '');
    this.tasks.save(task);
    this.store.save(lna);
    if (fresh.size > 0) this.chronicle.accepted('lna', lna.id, lna.state);
    this.chronicle.accepted('send', task.id, 'QUEUED');
    this.background.run(
      'lna.send',
      () => this.work(lna, task),
      (reason) => this.abandon(task, reason),
    );
    return task;
  }

  private item(lna: Lna, employeeId: string, isFresh: boolean): TaskItem {
    const item = newTaskItem(employeeId);
    if (isFresh) return item;
    item.outcome = 'skipped';
    item.id = lna.documentByEmployee.get(employeeId) ?? null;
    return item;
  }

  private async work(lna: Lna, task: Task): Promise<void> {
    task.state = 'IN_PROGRESS';
    this.chronicle.note(task.id, 'IN_PROGRESS');
    const route = found(routeByKey('EMPLOYEE_ONLY'), 'routeTemplate');
    const fresh = task.items.filter(({ outcome }) => outcome === 'pending');
    await Promise.all(
      fresh.map(async (item) => {
        try {
          const document = await this.copies.makeSignable(this.draft(lna), route, this.people.recipient(item.about));
          item.id = document.id;
          item.outcome = 'created';
          lna.documentByEmployee.set(item.about, document.id);
        } catch (error) {
          item.outcome = 'failed';
          item.errorMessage = refusalText(error);
          if (dropAcquaintance(lna, item.about)) this.chronicle.completed('lna', lna.id, lna.state);
        }
      }),
    );
    task.state = 'FINISHED';
    this.tasks.save(task);
    this.store.save(lna);
    this.chronicle.completed('send', task.id, 'FINISHED');
  }

  private abandon(task: Task, reason: string): void {
    task.state = 'FAILED';
    this.tasks.save(task);
    this.chronicle.failed('send', task.id, { state: 'FAILED', reason });
  }

  private draftGroup(lnaId: string, fields: LnaFields): string {
    const draft = {
      fileId: fields.fileId,
      typeId: fields.typeId ?? ACQUAINTANCE_TYPE,
      number: `${fields.name} ${fields.version}`.slice(0, 200),
      date: fields.effectiveDate,
      legalEntityId: fields.legalEntityId,
      headManagerId: fields.headManagerId,
    };
    return this.drafts.create({ name: fields.name, documents: [draft] }, lnaId).id;
  }

  private draft(lna: Lna): HrDocument {
    const group = found(this.documents.groupById(lna.groupId), 'documentGroup');
    return found(this.documents.byId(group.documentIds[0] ?? ''), 'document');
  }
}

const ACQUAINTANCE_TYPE = DOCUMENT_TYPES.find(({ externalId }) => externalId === 'acquaintance')?.id ?? '';
