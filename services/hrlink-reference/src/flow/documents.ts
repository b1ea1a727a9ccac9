import { Injectable } from '@nestjs/common';
import { Clock } from '@poligon/emulator-kit';
import { verifyCms } from '@poligon/pki';
import type { HrDocument } from '../domain/document.js';
import {
  annulDocument,
  deleteDocument,
  documentState,
  employerInTurn,
  markSeen,
  rejectDocument,
  signerInTurn,
} from '../domain/document-lifecycle.js';
import { found, Refusal, requireState } from '../domain/refusal.js';
import type { SigningRequest, SigningTarget } from '../domain/signing-request.js';
import { convertedFile } from '../domain/stored-file.js';
import { DocumentStore } from '../state/document.store.js';
import { FileStore } from '../state/work.store.js';
import { Chronicle } from './chronicle.js';
import { CodeSigning, type SigningSubject } from './code-signing.js';
import { DocumentProgress } from './document-progress.js';

/** What participants do with a sent document. */
@Injectable()
export class Documents {
  constructor(
    private readonly store: DocumentStore,
    private readonly files: FileStore,
    private readonly signing: CodeSigning,
    private readonly progress: DocumentProgress,
    private readonly chronicle: Chronicle,
    private readonly clock: Clock,
  ) {
    signing.serve('document', (target) => this.subject(target));
  }

  /** The document as its participant sees it: the first look sets seenDate. */
  look(document: HrDocument, clientUserId: string): void {
    if (!markSeen(document, clientUserId, this.clock.nowMs())) return;
    this.store.save(document);
    this.chronicle.note(document.id, 'seen');
  }

  /** Starts a signature with the person's cloud УНЭП. */
  sign(document: HrDocument, clientUserId: string): SigningRequest {
    const signer = signerInTurn(document, clientUserId);
    requireState(signer.pending === null, 'signing');
    // The employer's side signs with УКЭП through document.employerSign (spec 2.5 [V]).
    if (signer.signerType !== 'EMPLOYEE') throw new Refusal('noSigningMethod', { signerType: signer.signerType });
    const target: SigningTarget = { kind: 'document', id: document.id, signerId: signer.id };
    const { request, pending } = this.signing.begin(target, clientUserId);
    signer.pending = pending;
    this.store.save(document);
    this.chronicle.note(document.id, 'signing', request.id);
    return request;
  }

  /**
   * Puts the employer's own УКЭП on: a detached CMS over the converted file, any certificate.
   * Refuses with 11.021 and the reason when it does not verify.
   */
  employerSign(document: HrDocument, signature: Buffer): void {
    const signer = employerInTurn(document);
    const verdict = verifyCms(signature, this.content(document));
    if (!verdict.valid) throw new Refusal('malformedJson', { path: 'signature', reason: verdict.reason });
    this.progress.signed(document, signer, signature);
  }

  reject(document: HrDocument, clientUserId: string, comment: string): void {
    rejectDocument(document, signerInTurn(document, clientUserId), comment, this.clock.nowMs());
    this.progress.abandon(document);
  }

  delete(document: HrDocument): void {
    const wasSent = !document.isDraft;
    deleteDocument(document, this.clock.nowMs());
    if (wasSent) this.progress.abandon(document);
    else this.store.save(document);
  }

  annul(document: HrDocument, reason: string): void {
    annulDocument(document, this.clock.nowMs());
    this.store.save(document);
    this.chronicle.note(document.id, documentState(document), reason);
  }

  /** The converted file: what signatures cover. Refuses with `wrongState` before the conversion. */
  content(document: HrDocument): Buffer {
    const file = found(this.files.byId(document.content.fileId), 'file');
    requireState(file.processedAtMs !== null, 'conversion');
    return convertedFile(file);
  }

  private subject(target: SigningTarget): SigningSubject | undefined {
    const document = this.store.byId(target.id);
    const signer = document?.signers.find((candidate) => candidate.id === target.signerId);
    if (document === undefined || signer === undefined) return undefined;
    return {
      number: document.content.number,
      content: this.content(document),
      fileName: this.files.byId(document.content.fileId)?.name ?? 'document.pdf',
      complete: (signature) => this.progress.signed(document, signer, signature),
      release: () => {
        signer.pending = null;
        this.store.save(document);
      },
    };
  }
}
