import type { NamedRef } from './envelope.js';

/** Wire shapes of section 2.6: document groups, documents, tasks. */
export interface DocumentInput {
  externalId?: string | null;
  fileId?: string | null;
  fileExternalId?: string | null;
  typeId?: string | null;
  number?: string | null;
  date: string;
  notice?: string | null;
  legalEntityId?: string | null;
  legalEntityExternalId?: string | null;
  signingOrder?: string | null;
  headManagerId?: string | null;
  headManagerExternalId?: string | null;
  employeeIds?: string[] | null;
  employeeExternalIds?: string[] | null;
  watcherIds?: string[] | null;
  watcherExternalIds?: string[] | null;
  watcherClientDepartmentIds?: string[] | null;
  participants?: { id: string; employeeId?: string | null; employeeExternalId?: string | null }[] | null;
  routeTemplateId?: string | null;
  routeTemplateExternalId?: string | null;
  route?: unknown;
  sourceDocumentId?: string | null;
  sourceDocumentExternalId?: string | null;
}

/** Body of documentGroups.create and documentGroups.sendToSigning. */
export interface DocumentGroupInput {
  name: string;
  creatorExternalId?: string | null;
  documents: DocumentInput[];
}

export interface DocumentRegistryFilter {
  documentExternalIds?: string[] | null;
  limit?: number | null;
  offset?: number | null;
}

export interface DocumentSigner {
  id: string;
  employeeId: string;
  externalId: string | null;
  lastName: string;
  firstName: string;
  patronymic: string | null;
  position: NamedRef;
  participantId: string | null;
  signerType: 'EMPLOYEE' | 'HEAD_MANAGER';
  signingOrder: number;
  seenDate: string | null;
  signedDate: string | null;
  rejectedDate: string | null;
  signingAvailabilityDate: string | null;
  rejectionComment: string | null;
  signingInfo?: SigningInfo | null;
}

/** Present on a signer while a signature is pending. */
export interface SigningInfo {
  signingType: string;
  signingRequestId: string;
  createdDate: string;
  redirectUrl: string | null;
}

export interface DocumentCard {
  id: string;
  externalId: string | null;
  documentGroup: { id: string; name: string; version: number };
  baseDocumentId: string | null;
  baseDocumentExternalId: string | null;
  fileId: string;
  fileName: string;
  fileProcessedDate: string | null;
  fileConversionFailedDate: string | null;
  number: string | null;
  date: string;
  draft: boolean;
  deleted: boolean;
  signed: boolean;
  rejected: boolean;
  createdDate: string;
  signingOrder: string | null;
  headManager: DocumentSigner | null;
  employees: DocumentSigner[];
  participants: DocumentSigner[];
  docflowFinishedDate: string | null;
  annulledDate: string | null;
  lastSignedDate: string | null;
  printFormUpdatedDate: string | null;
}

export interface DocumentGroup {
  id: string;
  name: string;
  documents: DocumentCard[];
}

export interface SendTaskItem {
  id: string | null;
  externalId: string | null;
  baseDocumentId: string | null;
  employeeId: string;
  errorMessage?: string;
}

export interface SendToSigningTask {
  id: string;
  state: string;
  documents: SendTaskItem[];
}

/** `signing.get` and the answers of `*.sign`. */
export interface SigningRequest {
  id: string;
  state: string;
  signingType: string;
  documentId: string | null;
  applicationId: string | null;
  createdDate: string;
  codeSentDate: string | null;
  signedDate: string | null;
  errorMessage: string | null;
}
