export type SignerType = 'EMPLOYEE' | 'HEAD_MANAGER';

/** A signature that waits for its code or for the certification authority. */
export interface PendingSignature {
  readonly signingType: string;
  readonly signingRequestId: string;
  readonly createdAtMs: number;
}

/** One participant of a sent document (spec 2.6 SIGNER). */
export interface DocumentSigner {
  readonly id: string;
  readonly employeeId: string;
  readonly clientUserId: string;
  readonly signerType: SignerType;
  /** Stage number, from 0. */
  readonly signingOrder: number;
  readonly participantId: string | null;
  /** Receives the document without signing it. */
  readonly isReader: boolean;
  availableAtMs: number | null;
  seenAtMs: number | null;
  signedAtMs: number | null;
  rejectedAtMs: number | null;
  rejectionComment: string | null;
  pending: PendingSignature | null;
  /** Detached CMS over the converted file. */
  signature: Buffer | null;
}

/** What a draft and every document made from it have in common. */
export interface DocumentContent {
  readonly fileId: string;
  readonly typeId: string | null;
  readonly number: string | null;
  /** ISO, as given. */
  readonly date: string;
  readonly legalEntityId: string | null;
  readonly templateKey: string;
  readonly routeTemplateId: string | null;
  readonly headManagerId: string | null;
  readonly employeeIds: readonly string[];
  /** Template participant → employee, for routes that let the sender choose. */
  readonly chosen: Readonly<Record<string, string>>;
}

export interface HrDocument {
  readonly id: string;
  readonly groupId: string;
  readonly externalId: string | null;
  readonly baseDocumentId: string | null;
  readonly baseDocumentExternalId: string | null;
  readonly lnaId: string | null;
  readonly createdAtMs: number;
  content: DocumentContent;
  isDraft: boolean;
  /** A draft that was sent stays as the base of what it became and is in no registry any more. */
  sentAtMs: number | null;
  signers: DocumentSigner[];
  deletedAtMs: number | null;
  finishedAtMs: number | null;
  annulledAtMs: number | null;
  lastSignedAtMs: number | null;
  printFormUpdatedAtMs: number | null;
  version: number;
}

export interface DocumentGroup {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  documentIds: string[];
  version: number;
}

/** Черновик … Аннулирован (spec 4.1), in code words. */
export type DocumentState =
  'draft' | 'sent' | 'in-progress' | 'signed-by-employer' | 'finished' | 'rejected' | 'deleted' | 'annulled';
