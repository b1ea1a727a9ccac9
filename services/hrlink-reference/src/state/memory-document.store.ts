import { Inject, Injectable } from '@nestjs/common';
import { ResetOnAdmin } from '@poligon/emulator-kit';
import type { DocumentGroup, HrDocument } from '../domain/document.js';
import { isDocumentOver } from '../domain/document-lifecycle.js';
import { BoundedTable } from './bounded-table.js';
import { DocumentStore } from './document.store.js';
import { MultiIndex } from './multi-index.js';
import { newestPage } from './newest-page.js';
import { STORE_LIMITS, type StoreLimits } from './store-limits.js';

/** Documents in memory: a finished, deleted or spent document gives way when the table is full, then its empty group. */
@ResetOnAdmin()
@Injectable()
export class MemoryDocumentStore extends DocumentStore {
  private readonly documents: BoundedTable<HrDocument>;
  private readonly groupsById = new Map<string, DocumentGroup>();
  private readonly byExternal = new MultiIndex();
  private readonly byPerson = new MultiIndex();

  constructor(@Inject(STORE_LIMITS) limits: StoreLimits) {
    super();
    const onEvict = (document: HrDocument): void => this.forget(document);
    this.documents = new BoundedTable({ limit: limits.objects, isOver: isDocumentOver, onEvict });
  }

  saveGroup(group: DocumentGroup): void {
    this.groupsById.set(group.id, group);
  }

  save(document: HrDocument): void {
    this.documents.put(document);
    for (const key of externalKeys(document)) this.byExternal.add(key, document.id);
    for (const signer of document.signers) this.byPerson.add(signer.clientUserId, document.id);
  }

  groupById(id: string): DocumentGroup | undefined {
    return this.groupsById.get(id);
  }

  byId(id: string): HrDocument | undefined {
    return this.documents.get(id);
  }

  byExternalId(externalId: string): HrDocument[] {
    return this.byExternal.ids(externalId).flatMap((id) => this.documents.get(id) ?? []);
  }

  groups(offset: number, limit: number): DocumentGroup[] {
    return newestPage([...this.groupsById.values()], offset, limit);
  }

  ofPerson(clientUserId: string, offset: number, limit: number): HrDocument[] {
    const ids = newestPage(this.byPerson.ids(clientUserId), offset, limit);
    return ids.flatMap((id) => this.documents.get(id) ?? []);
  }

  reset(): void {
    this.documents.clear();
    this.groupsById.clear();
    this.byExternal.clear();
    this.byPerson.clear();
  }

  private forget(document: HrDocument): void {
    for (const key of externalKeys(document)) this.byExternal.remove(key, document.id);
    for (const signer of document.signers) this.byPerson.remove(signer.clientUserId, document.id);
    const group = this.groupsById.get(document.groupId);
    if (group === undefined) return;
    group.documentIds = group.documentIds.filter((id) => id !== document.id);
    if (group.documentIds.length === 0) this.groupsById.delete(group.id);
  }
}

function externalKeys(document: HrDocument): string[] {
  return [document.externalId, document.baseDocumentExternalId].filter((key) => key !== null);
}
