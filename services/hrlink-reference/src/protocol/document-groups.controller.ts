import { Controller, Inject, Param } from '@nestjs/common';
import { CONFIG } from '@poligon/emulator-kit';
import { z } from 'zod';
import type { Config } from '../config.js';
import type { DocumentGroup, HrDocument } from '../domain/document.js';
import { found } from '../domain/refusal.js';
import { documentGroupInput, type DocumentGroupFields } from '../flow/document-draft-input.js';
import { DocumentDrafts } from '../flow/document-drafts.js';
import { DocumentSending } from '../flow/document-sending.js';
import { DocumentStore } from '../state/document.store.js';
import { TaskStore } from '../state/work.store.js';
import { DocumentCodec } from './document.codec.js';
import { HrlinkRoute } from './hrlink-route.decorator.js';
import { BodyOf, page } from './input.decorator.js';
import { success } from './success.js';
import { sendTask } from './task.codec.js';

const registryFilter = page.extend({ documentExternalIds: z.array(z.string()).max(10_000).nullish() });
type RegistryFilter = z.output<typeof registryFilter>;

/** Groups of documents: drafts, sending, the HR registry (spec 2.6). */
@Controller()
export class DocumentGroupsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly drafts: DocumentDrafts,
    private readonly sending: DocumentSending,
    private readonly store: DocumentStore,
    private readonly tasks: TaskStore,
    private readonly codec: DocumentCodec,
  ) {}

  @HrlinkRoute('documentGroups.create', { about: 'makes drafts' })
  create(@BodyOf(documentGroupInput) body: DocumentGroupFields) {
    const group = this.drafts.create(body);
    return success({ documentGroup: { id: group.id, documents: group.documentIds.map((id) => ({ id })) } });
  }

  @HrlinkRoute('documentGroups.sendToSigning', { about: 'makes drafts and sends them' })
  createAndSend(@BodyOf(documentGroupInput) body: DocumentGroupFields) {
    const task = this.sending.sendNew(this.drafts.create(body));
    return success({ sendToSigningTask: { id: task.id } });
  }

  @HrlinkRoute('document.sendDraft', { about: 'sends the drafts of a group' })
  sendDraft(@Param('id') id: string) {
    const task = this.sending.send(found(this.store.groupById(id), 'documentGroup'));
    return success({ sendToSigningTask: { id: task.id } });
  }

  @HrlinkRoute('document.sendTask', { about: 'state of a send task' })
  task(@Param('id') id: string) {
    const task = this.tasks.byId(id);
    return success({
      sendToSigningTask: sendTask(found(task?.kind === 'send' ? task : undefined, 'sendToSigningTask')),
    });
  }

  @HrlinkRoute('documentGroups.getHrRegistry', { about: 'HR registry of documents', pool: 'registry' })
  registry(@BodyOf(registryFilter) filter: RegistryFilter) {
    const limit = Math.min(filter.limit ?? 50, this.config.maxPageLimit);
    const offset = filter.offset ?? 0;
    const names = filter.documentExternalIds ?? [];
    const found = names.length === 0 ? this.pageOfAll(offset, limit) : this.named(names).slice(offset, offset + limit);
    return success({ documentGroups: found.map(({ group, documents }) => this.codec.group(group, documents)) });
  }

  private pageOfAll(offset: number, limit: number): GroupWithDocuments[] {
    return this.store.groups(offset, limit).map((group) => ({
      group,
      documents: group.documentIds.flatMap((id) => this.store.byId(id) ?? []).filter(isListed),
    }));
  }

  /** Groups of the named documents, by own or base externalId, with those documents only. */
  private named(externalIds: readonly string[]): GroupWithDocuments[] {
    const byGroup = new Map<string, GroupWithDocuments>();
    for (const document of new Set(externalIds.flatMap((name) => this.store.byExternalId(name)))) {
      const group = this.store.groupById(document.groupId);
      if (group === undefined || !isListed(document)) continue;
      const entry = byGroup.get(group.id);
      if (entry === undefined) byGroup.set(group.id, { group, documents: [document] });
      else entry.documents.push(document);
    }
    return [...byGroup.values()];
  }
}

interface GroupWithDocuments {
  readonly group: DocumentGroup;
  readonly documents: HrDocument[];
}

/** A draft that was sent is not a document any more: only what it became is shown. */
function isListed(document: HrDocument): boolean {
  return !document.isDraft || document.sentAtMs === null;
}
