import type { PendingSignature } from './document.js';
import type { ActionType } from './route.js';

/** One participant of an application (spec 2.7 signer). Several signers of one stage with `ANY` are alternatives. */
export interface ApplicationSigner {
  readonly id: string;
  readonly employeeId: string;
  readonly clientUserId: string;
  readonly participantId: string;
  readonly actionType: ActionType;
  readonly signingOrder: number;
  readonly completeness: 'ALL' | 'ANY';
  readonly canWithdrawBefore: boolean;
  availableAtMs: number | null;
  signedAtMs: number | null;
  rejectedAtMs: number | null;
  rejectionComment: string | null;
  pending: PendingSignature | null;
  signature: Buffer | null;
}

/** An application and its group: the product makes one application per group. */
export interface Application {
  readonly id: string;
  readonly groupId: string;
  readonly externalId: string | null;
  readonly typeId: string;
  readonly routeId: string;
  readonly creatorUserId: string;
  readonly employeeId: string;
  readonly legalEntityId: string;
  readonly departmentId: string;
  readonly date: string;
  readonly number: string;
  readonly fileId: string;
  readonly fields: readonly { substitutionKey: string; value: string }[];
  readonly attachmentFileIds: readonly string[];
  readonly createdAtMs: number;
  readonly signers: ApplicationSigner[];
  responsibles: { employeeId: string; takenAtMs: number }[];
  comments: string[];
  deletedAtMs: number | null;
  rejectedAtMs: number | null;
  finishedAtMs: number | null;
  lastSignedAtMs: number | null;
  printFormUpdatedAtMs: number | null;
  version: number;
}

export type ApplicationState = 'draft' | 'signed' | 'approved' | 'processed' | 'rejected' | 'deleted';
