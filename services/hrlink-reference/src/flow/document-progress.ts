import { Injectable } from '@nestjs/common';
import { Clock } from '@poligon/emulator-kit';
import type { DocumentSigner, HrDocument } from '../domain/document.js';
import { applySignature, documentState, isFullySigned, openNextStage } from '../domain/document-lifecycle.js';
import { closeAcquaintance } from '../domain/lna.js';
import { DocumentStore } from '../state/document.store.js';
import { LnaStore } from '../state/work.store.js';
import { Background } from './background.js';
import { Capacity } from './capacity.js';
import { Chronicle } from './chronicle.js';
import { Notices } from './notices.js';

/** What happens to a document after somebody acted: next stage, print form, end of the flow. */
@Injectable()
export class DocumentProgress {
  constructor(
    private readonly documents: DocumentStore,
    private readonly lnas: LnaStore,
    private readonly capacity: Capacity,
    private readonly chronicle: Chronicle,
    private readonly background: Background,
    private readonly notices: Notices,
    private readonly clock: Clock,
  ) {}

  /** Puts a verified signature on: opens the next stage at once, re-stamps and finishes in the background. */
  signed(document: HrDocument, signer: DocumentSigner, signature: Buffer): void {
    const nowMs = this.clock.nowMs();
    applySignature(document, signer, signature, nowMs);
    this.chronicle.note(document.id, `signed by ${signer.signerType}`, signer.id);
    const opened = isFullySigned(document) ? [] : openNextStage(document, nowMs);
    this.documents.save(document);
    this.tell(document, opened);
    this.background.run('stamp', () => this.stamp(document));
  }

  /** Ends the flow well. */
  finish(document: HrDocument): void {
    if (document.finishedAtMs !== null) return;
    document.finishedAtMs = this.clock.nowMs();
    document.printFormUpdatedAtMs ??= document.finishedAtMs;
    this.documents.save(document);
    this.chronicle.completed('document', document.id, documentState(document));
    this.closeLna(document);
  }

  /** Ends the flow by refusal or deletion. */
  abandon(document: HrDocument): void {
    this.documents.save(document);
    this.chronicle.failed('document', document.id, { state: documentState(document) });
    this.closeLna(document);
  }

  /** Notices to people whose turn it is; never waited for. */
  tell(document: HrDocument, signers: readonly DocumentSigner[]): void {
    for (const signer of signers) this.notices.newDocument(signer.clientUserId, document.content.number);
  }

  private async stamp(document: HrDocument): Promise<void> {
    await this.capacity.serve('stamp').catch(() => undefined);
    document.printFormUpdatedAtMs = this.clock.nowMs();
    this.chronicle.note(document.id, 'stamped');
    if (isFullySigned(document) && document.deletedAtMs === null) this.finish(document);
    else this.documents.save(document);
  }

  private closeLna(document: HrDocument): void {
    const lna = document.lnaId === null ? undefined : this.lnas.byId(document.lnaId);
    if (lna === undefined) return;
    if (lna.approvalDocumentId === document.id) {
      lna.state = documentState(document) === 'finished' ? 'APPROVED' : 'DRAFT';
      this.chronicle.note(lna.id, lna.state);
    } else if (closeAcquaintance(lna)) {
      this.chronicle.completed('lna', lna.id, lna.state);
    }
    this.lnas.save(lna);
  }
}
