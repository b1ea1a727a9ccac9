import type { DocumentSigner, DocumentState, HrDocument } from './document.js';
import { found, Refusal, requireState } from './refusal.js';

export function documentState(document: HrDocument): DocumentState {
  if (document.annulledAtMs !== null) return 'annulled';
  if (document.deletedAtMs !== null) return 'deleted';
  if (document.isDraft) return document.sentAtMs === null ? 'draft' : 'sent';
  if (isRejected(document)) return 'rejected';
  if (document.finishedAtMs !== null) return 'finished';
  return isSignedByEmployer(document) ? 'signed-by-employer' : 'in-progress';
}

/** Nothing will happen to it any more: finished, deleted, or a draft that lives on in what was sent. */
export function isDocumentOver(document: HrDocument): boolean {
  if (document.deletedAtMs !== null || document.finishedAtMs !== null) return true;
  return document.isDraft && document.sentAtMs !== null;
}

/** Refuses with `wrongState` unless it is a draft that was not sent yet (only drafts are sent or edited, spec 4.1). */
export function requireUnsentDraft(document: HrDocument): void {
  requireState(
    document.isDraft && document.sentAtMs === null && document.deletedAtMs === null,
    documentState(document),
  );
}

export function isRejected(document: HrDocument): boolean {
  return document.signers.some((signer) => signer.rejectedAtMs !== null);
}

/** Every signer has signed; readers do not count, so a TO_INFORM document is signed once sent. */
export function isFullySigned(document: HrDocument): boolean {
  return !document.isDraft && document.signers.every((signer) => signer.isReader || signer.signedAtMs !== null);
}

function isSignedByEmployer(document: HrDocument): boolean {
  return document.signers.some((signer) => signer.signerType === 'HEAD_MANAGER' && signer.signedAtMs !== null);
}

/**
 * Opens the first stage with somebody left to act: its signers become available. Returns those newly opened; an empty
 * list means that nobody is left to sign.
 */
export function openNextStage(document: HrDocument, nowMs: number): DocumentSigner[] {
  const left = document.signers.filter((signer) => !signer.isReader && signer.signedAtMs === null);
  const stage = Math.min(...left.map((signer) => signer.signingOrder));
  const opened = left.filter((signer) => signer.signingOrder === stage && signer.availableAtMs === null);
  for (const signer of opened) signer.availableAtMs = nowMs;
  for (const reader of document.signers) if (reader.isReader) reader.availableAtMs ??= nowMs;
  return opened;
}

/** The person's signer whose turn it is. Refuses with `notFound` for a stranger, `wrongState` out of turn. */
export function signerInTurn(document: HrDocument, clientUserId: string): DocumentSigner {
  const own = document.signers.filter((signer) => signer.clientUserId === clientUserId && !signer.isReader);
  const signer = own.find((candidate) => candidate.signedAtMs === null) ?? own[0];
  return requireTurn(document, found(signer, 'document'));
}

/** The employer's signer whose turn it is. Refuses with `wrongState` when the route has none or it is not open. */
export function employerInTurn(document: HrDocument): DocumentSigner {
  const signer = document.signers.find((candidate) => candidate.signerType === 'HEAD_MANAGER');
  if (signer === undefined) throw new Refusal('wrongState', { state: documentState(document) });
  return requireTurn(document, signer);
}

function requireTurn(document: HrDocument, signer: DocumentSigner): DocumentSigner {
  const state = documentState(document);
  requireState(state === 'in-progress' || state === 'signed-by-employer', state);
  requireState(signer.signedAtMs === null, 'signed');
  requireState(signer.availableAtMs !== null, 'stage-closed');
  return signer;
}

/** Marks the document as looked at by the person; later looks change nothing. */
export function markSeen(document: HrDocument, clientUserId: string, nowMs: number): boolean {
  const unseen = document.signers.filter((signer) => signer.clientUserId === clientUserId && signer.seenAtMs === null);
  for (const signer of unseen) signer.seenAtMs = nowMs;
  return unseen.length > 0;
}

export function applySignature(document: HrDocument, signer: DocumentSigner, signature: Buffer, nowMs: number): void {
  signer.signature = signature;
  signer.signedAtMs = nowMs;
  signer.pending = null;
  document.lastSignedAtMs = nowMs;
  document.version += 1;
}

/** A participant in turn declines: the flow ends as rejected. */
export function rejectDocument(document: HrDocument, signer: DocumentSigner, comment: string, nowMs: number): void {
  requireState(signer.pending === null, 'signing');
  signer.rejectedAtMs = nowMs;
  signer.rejectionComment = comment;
  document.finishedAtMs = nowMs;
  document.version += 1;
}

/** Signed by both sides: annul instead (spec 4.1); everything else may be deleted once. */
export function deleteDocument(document: HrDocument, nowMs: number): void {
  const state = documentState(document);
  requireState(state !== 'deleted' && state !== 'annulled' && !isSignedByBoth(document), state);
  document.deletedAtMs = nowMs;
  document.version += 1;
}

/** Refuses with `annulRefused` for a ЛНА, for a document not signed by both sides and for one already annulled. */
export function annulDocument(document: HrDocument, nowMs: number): void {
  if (document.lnaId !== null) throw new Refusal('annulRefused', { reason: 'lna' });
  if (document.annulledAtMs !== null) throw new Refusal('annulRefused', { reason: 'annulled' });
  if (!isSignedByBoth(document)) throw new Refusal('annulRefused', { reason: 'not-signed-by-both' });
  document.annulledAtMs = nowMs;
  document.version += 1;
}

function isSignedByBoth(document: HrDocument): boolean {
  const sides = new Set(document.signers.filter((signer) => signer.signedAtMs !== null).map((s) => s.signerType));
  return sides.size === 2 && isFullySigned(document);
}
