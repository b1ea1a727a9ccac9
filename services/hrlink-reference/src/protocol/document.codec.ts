import { Injectable } from '@nestjs/common';
import type { DocumentCard, DocumentGroup as WireGroup, DocumentSigner as WireSigner } from '@poligon/hrlink-api';
import type { DocumentGroup, DocumentSigner, HrDocument, PendingSignature } from '../domain/document.js';
import { isFullySigned, isRejected } from '../domain/document-lifecycle.js';
import { DocumentStore } from '../state/document.store.js';
import { EmployeeStore } from '../state/people.store.js';
import { FileStore } from '../state/work.store.js';
import { isoDate } from './iso-date.js';
import { PersonCodec } from './person.codec.js';

/** Documents in wire form (spec 2.6 DOC, SIGNER). */
@Injectable()
export class DocumentCodec {
  constructor(
    private readonly documents: DocumentStore,
    private readonly files: FileStore,
    private readonly employees: EmployeeStore,
    private readonly people: PersonCodec,
  ) {}

  group(group: DocumentGroup, documents: readonly HrDocument[]): WireGroup {
    return { id: group.id, name: group.name, documents: documents.map((document) => this.card(document)) };
  }

  card(document: HrDocument): DocumentCard {
    const { content } = document;
    const signers = document.signers.map((signer) => this.signer(signer));
    return {
      id: document.id,
      externalId: document.externalId,
      documentGroup: this.groupOf(document),
      baseDocumentId: document.baseDocumentId,
      baseDocumentExternalId: document.baseDocumentExternalId,
      ...this.file(content.fileId),
      number: content.number,
      date: content.date,
      ...flags(document),
      createdDate: isoDate(document.createdAtMs),
      signingOrder: content.routeTemplateId === null ? content.templateKey : null,
      headManager: signers.find(({ signerType }) => signerType === 'HEAD_MANAGER') ?? null,
      employees: signers.filter(({ signerType }) => signerType === 'EMPLOYEE'),
      participants: signers,
      docflowFinishedDate: isoDate(document.finishedAtMs),
      annulledDate: isoDate(document.annulledAtMs),
      lastSignedDate: isoDate(document.lastSignedAtMs),
      printFormUpdatedDate: isoDate(document.printFormUpdatedAtMs),
    };
  }

  private groupOf(document: HrDocument): DocumentCard['documentGroup'] {
    const group = this.documents.groupById(document.groupId);
    return { id: document.groupId, name: group?.name ?? '', version: group?.version ?? 1 };
  }

  private file(fileId: string) {
    const file = this.files.byId(fileId);
    return {
      fileId,
      fileName: file?.name ?? '',
      fileProcessedDate: isoDate(file?.processedAtMs ?? null),
      fileConversionFailedDate: isoDate(file?.conversionFailedAtMs ?? null),
    };
  }

  private signer(signer: DocumentSigner): WireSigner {
    const employee = this.employees.byId(signer.employeeId);
    return {
      id: signer.id,
      employeeId: signer.employeeId,
      externalId: employee?.externalId ?? null,
      ...this.people.name(signer.clientUserId),
      position: this.people.position(employee),
      participantId: signer.participantId,
      signerType: signer.signerType,
      signingOrder: signer.signingOrder,
      seenDate: isoDate(signer.seenAtMs),
      signedDate: isoDate(signer.signedAtMs),
      rejectedDate: isoDate(signer.rejectedAtMs),
      signingAvailabilityDate: isoDate(signer.availableAtMs),
      rejectionComment: signer.rejectionComment,
      signingInfo: signingInfo(signer.pending),
    };
  }
}

/** What a pending signature looks like; cloud УНЭП has no redirect. */
export function signingInfo(pending: PendingSignature | null) {
  if (pending === null) return null;
  const { signingType, signingRequestId, createdAtMs } = pending;
  return { signingType, signingRequestId, createdDate: isoDate(createdAtMs), redirectUrl: null };
}

/** The flags clients derive the state from (spec 4.1): every sent document has a base, TO_INFORM counts as signed. */
function flags(document: HrDocument) {
  return {
    draft: document.isDraft,
    deleted: document.deletedAtMs !== null,
    signed: isFullySigned(document),
    rejected: isRejected(document),
  };
}
