import type { DocumentCard, DocumentGroup, DocumentSigner } from '@poligon/hrlink-api';

export type DocumentState = 'draft' | 'sent' | 'finished' | 'rejected' | 'deleted' | 'annulled';

const isCopy = (card: DocumentCard) => Boolean(card.baseDocumentId);
const isOpen = (card: DocumentCard) => !card.docflowFinishedDate;

/** Order matters: the first rule that holds names the state (spec hrlink.md 4.1). */
const RULES: readonly [DocumentState, (card: DocumentCard) => boolean][] = [
  ['draft', (card) => card.draft && !isCopy(card)],
  ['sent', (card) => !card.draft && isCopy(card) && !card.deleted && isOpen(card)],
  ['finished', (card) => isCopy(card) && !card.deleted && !isOpen(card) && card.signed],
  ['rejected', (card) => isCopy(card) && !isOpen(card) && card.rejected],
  ['deleted', (card) => card.deleted],
  ['annulled', (card) => Boolean(card.annulledDate)],
];

/** State of a document as client software derives it; undefined when no rule holds. */
export function documentState(card: DocumentCard): DocumentState | undefined {
  return RULES.find(([, holds]) => holds(card))?.[0];
}

/** Every document of the registry's groups. */
export function documentsOf(groups: readonly DocumentGroup[] | undefined): DocumentCard[] {
  return (groups ?? []).flatMap((group) => group.documents ?? []);
}

/** The employee's own entry among a document's signers. */
export function signerEntry(card: DocumentCard, employeeId: string): DocumentSigner | undefined {
  const signers = [...(card.employees ?? []), ...(card.participants ?? [])];
  return signers.find((signer) => signer.employeeId === employeeId);
}
