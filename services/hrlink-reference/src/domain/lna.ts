import { requireState } from './refusal.js';

/** Черновик → (На утверждении → Утверждён) → В процессе → Подписан; Удалён (spec 4.1). */
export type LnaState = 'DRAFT' | 'ON_APPROVAL' | 'APPROVED' | 'IN_PROGRESS' | 'SIGNED' | 'DELETED';

/** A local regulation and who has it. */
export interface Lna {
  readonly id: string;
  readonly externalId: string | null;
  readonly name: string;
  readonly typeId: string;
  readonly effectiveDate: string;
  readonly version: string;
  readonly legalEntityId: string;
  readonly fileId: string;
  readonly isApprovalRequired: boolean;
  readonly headManagerId: string | null;
  readonly createdAtMs: number;
  readonly groupId: string;
  state: LnaState;
  approvalDocumentId: string | null;
  /** Employee → the acquaintance document sent to them. */
  readonly documentByEmployee: Map<string, string>;
  /** Documents of `documentByEmployee` that are not finished yet. */
  pendingDocuments: number;
}

export function requireSendable(lna: Lna): void {
  requireState(!lna.isApprovalRequired || lna.state !== 'DRAFT', lna.state);
  requireState(lna.state !== 'ON_APPROVAL' && lna.state !== 'DELETED', lna.state);
}

/** Employees that do not have this ЛНА yet, each once (spec 4.3 (b) 4: the others are skipped). */
export function employeesWithout(lna: Lna, employeeIds: readonly string[]): string[] {
  return [...new Set(employeeIds)].filter((id) => !lna.documentByEmployee.has(id));
}

export function addAcquaintance(lna: Lna, employeeId: string, documentId: string): void {
  lna.documentByEmployee.set(employeeId, documentId);
  lna.pendingDocuments += 1;
  lna.state = 'IN_PROGRESS';
}

/** One acquaintance document is over; with the last one the ЛНА is signed. Returns true then. */
export function closeAcquaintance(lna: Lna): boolean {
  lna.pendingDocuments -= 1;
  if (lna.pendingDocuments > 0 || lna.state !== 'IN_PROGRESS') return false;
  lna.state = 'SIGNED';
  return true;
}

/** The employee's document could not be made: they may be sent the ЛНА again. Returns true when nothing is pending. */
export function dropAcquaintance(lna: Lna, employeeId: string): boolean {
  lna.documentByEmployee.delete(employeeId);
  const isLast = closeAcquaintance(lna);
  if (isLast && lna.documentByEmployee.size === 0) lna.state = lna.isApprovalRequired ? 'APPROVED' : 'DRAFT';
  return isLast;
}
