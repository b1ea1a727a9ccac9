import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, Ids } from '@poligon/emulator-kit';
import type { Config } from '../config.js';
import type { HrDocument } from '../domain/document.js';
import { isFullySigned, openNextStage } from '../domain/document-lifecycle.js';
import { found, Refusal, requireState } from '../domain/refusal.js';
import type { RouteTemplate } from '../domain/route.js';
import { documentFromDraft, reasonNotSendable, type Recipient } from '../domain/sending.js';
import { DocumentStore } from '../state/document.store.js';
import { Capacity } from './capacity.js';
import { Chronicle } from './chronicle.js';
import { DocumentProgress } from './document-progress.js';
import { Files } from './files.js';
import { PeopleDirectory } from './people-directory.js';

/** Makes the document each employee receives. */
@Injectable()
export class DocumentCopies {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly documents: DocumentStore,
    private readonly files: Files,
    private readonly people: PeopleDirectory,
    private readonly progress: DocumentProgress,
    private readonly capacity: Capacity,
    private readonly chronicle: Chronicle,
    private readonly ids: Ids,
  ) {}

  newId(): string {
    return this.ids.uuid();
  }

  /**
   * Makes, stores and opens the document of one employee. Waits for the send pool and the file's conversion.
   * Refuses with `wrongState` when the conversion failed.
   */
  async make(draft: HrDocument, route: RouteTemplate, recipient: Recipient): Promise<HrDocument> {
    await this.capacity.serve('send');
    const file = await this.files.whenConverted(draft.content.fileId);
    requireState(file.processedAtMs !== null, 'conversion-failed');
    const nowMs = this.chronicle.nowMs();
    const parts = {
      route,
      recipient,
      head: this.head(draft),
      chosen: this.chosen(draft),
      newId: () => this.ids.uuid(),
    };
    const document = documentFromDraft(draft, parts, nowMs);
    this.chronicle.accepted('document', document.id, 'in-progress');
    const opened = openNextStage(document, nowMs);
    this.documents.save(document);
    found(this.documents.groupById(draft.groupId), 'documentGroup').documentIds.push(document.id);
    if (isFullySigned(document)) this.progress.finish(document);
    this.progress.tell(document, opened.length > 0 ? opened : document.signers);
    return document;
  }

  /** As `make`, but refuses with `notSendable` an employee who could not sign (90.421). */
  async makeSignable(draft: HrDocument, route: RouteTemplate, recipient: Recipient): Promise<HrDocument> {
    const rules = { nowMs: this.chronicle.nowMs(), allowUnsignedNqes: this.config.isUnsignedAllowed };
    const reason = reasonNotSendable(draft.content, [recipient], rules);
    if (reason !== undefined) throw new Refusal('notSendable', { reason });
    return this.make(draft, route, recipient);
  }

  private head(draft: HrDocument): Recipient | undefined {
    return draft.content.headManagerId === null ? undefined : this.people.recipient(draft.content.headManagerId);
  }

  private chosen(draft: HrDocument): Map<string, Recipient> {
    const pairs = Object.entries(draft.content.chosen);
    return new Map(pairs.map(([participantId, employeeId]) => [participantId, this.people.recipient(employeeId)]));
  }
}
