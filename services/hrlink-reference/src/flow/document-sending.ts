import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Ids } from '@poligon/emulator-kit';
import type { Config } from '../config.js';
import type { DocumentGroup, HrDocument } from '../domain/document.js';
import { requireUnsentDraft } from '../domain/document-lifecycle.js';
import { found, Refusal, requireState } from '../domain/refusal.js';
import { findRoute, routeByKey } from '../domain/route-seed.js';
import type { RouteTemplate } from '../domain/route.js';
import { reasonNotSendable, type Recipient } from '../domain/sending.js';
import { newTaskItem, type Task, type TaskItem } from '../domain/task.js';
import { DocumentStore } from '../state/document.store.js';
import { TaskStore } from '../state/work.store.js';
import { Background } from './background.js';
import { refusalText } from './bulk-item.js';
import { Chronicle } from './chronicle.js';
import { DocumentCopies } from './document-copies.js';
import { PeopleDirectory } from './people-directory.js';

/** One draft and the employees it goes to. */
interface Order {
  readonly draft: HrDocument;
  readonly route: RouteTemplate;
  readonly recipients: readonly Recipient[];
  readonly items: readonly TaskItem[];
}

/** Sending to signing: one `send` unit and one document per employee, after the conversion of the file (spec 2.6, 6.1). */
@Injectable()
export class DocumentSending {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly documents: DocumentStore,
    private readonly tasks: TaskStore,
    private readonly people: PeopleDirectory,
    private readonly copies: DocumentCopies,
    private readonly chronicle: Chronicle,
    private readonly background: Background,
    private readonly ids: Ids,
  ) {}

  /** Sends every draft of the group. Refuses with `wrongState` when one was sent, `notSendable` by 90.421. */
  send(group: DocumentGroup): Task {
    const drafts = group.documentIds.flatMap((id) => this.documents.byId(id) ?? []).filter((one) => one.isDraft);
    requireState(drafts.length > 0, 'empty');
    drafts.forEach(requireUnsentDraft);
    const orders = drafts.map((draft) => this.order(draft));
    this.refuseUnsendable(orders);
    const task: Task = {
      id: this.ids.uuid(),
      kind: 'send',
      topic: group.id,
      createdAtMs: this.chronicle.nowMs(),
      state: 'QUEUED',
      items: orders.flatMap(({ items }) => items),
    };
    this.tasks.save(task);
    for (const { draft } of orders) this.spend(draft);
    this.chronicle.accepted('send', task.id, 'QUEUED');
    this.background.run(
      'send',
      () => this.work(task, orders),
      (reason) => this.abandon(task, reason),
    );
    return task;
  }

  /** Sends a group made for it in the same call: drafts that cannot be sent do not stay behind and hold their externalIds. */
  sendNew(group: DocumentGroup): Task {
    try {
      return this.send(group);
    } catch (failure) {
      if (failure instanceof Refusal) this.withdraw(group);
      throw failure;
    }
  }

  private withdraw({ documentIds }: DocumentGroup): void {
    for (const draft of documentIds.flatMap((id) => this.documents.byId(id) ?? [])) {
      draft.deletedAtMs = this.chronicle.nowMs();
      this.documents.save(draft);
      this.chronicle.note(draft.id, 'deleted');
    }
  }

  private order(draft: HrDocument): Order {
    const { routeTemplateId, templateKey, employeeIds } = draft.content;
    const route = routeTemplateId === null ? routeByKey(templateKey) : findRoute(routeTemplateId, null);
    const recipients = employeeIds.map((id) => this.people.recipient(id));
    const items = recipients.map(({ employee }) => {
      const item = newTaskItem(employee.id, draft.externalId);
      item.baseId = draft.id;
      return item;
    });
    return { draft, route: found(route, 'routeTemplate'), recipients, items };
  }

  private refuseUnsendable(orders: readonly Order[]): void {
    const rules = { nowMs: this.chronicle.nowMs(), allowUnsignedNqes: this.config.isUnsignedAllowed };
    const documents = orders.flatMap(({ draft, recipients }) => {
      const reason = reasonNotSendable(draft.content, recipients, rules) ?? this.missingHead(draft);
      return reason === undefined ? [] : [{ id: draft.id, externalId: draft.externalId, reason }];
    });
    if (documents.length > 0) throw new Refusal('notSendable', { documents });
  }

  private missingHead(draft: HrDocument): string | undefined {
    const isNeeded = ['MANAGER_FIRST', 'EMPLOYEE_FIRST', 'MANAGER_ONLY'].includes(draft.content.templateKey);
    return isNeeded && draft.content.headManagerId === null ? 'Не указан руководитель' : undefined;
  }

  private spend(draft: HrDocument): void {
    draft.sentAtMs = this.chronicle.nowMs();
    draft.version += 1;
    this.documents.save(draft);
    this.chronicle.note(draft.id, 'sent');
  }

  private async work(task: Task, orders: readonly Order[]): Promise<void> {
    task.state = 'IN_PROGRESS';
    this.chronicle.note(task.id, 'IN_PROGRESS');
    const units = orders.flatMap(({ draft, route, recipients, items }) =>
      recipients.map((recipient, index) => this.unit(items[index], () => this.copies.make(draft, route, recipient))),
    );
    await Promise.all(units);
    task.state = 'FINISHED';
    this.tasks.save(task);
    this.chronicle.completed('send', task.id, 'FINISHED');
  }

  private async unit(item: TaskItem | undefined, make: () => Promise<HrDocument>): Promise<void> {
    if (item === undefined) return;
    try {
      item.id = (await make()).id;
      item.outcome = 'created';
    } catch (error) {
      item.outcome = 'failed';
      item.errorMessage = refusalText(error);
    }
  }

  private abandon(task: Task, reason: string): void {
    task.state = 'FAILED';
    this.tasks.save(task);
    this.chronicle.failed('send', task.id, { state: 'FAILED', reason });
  }
}
