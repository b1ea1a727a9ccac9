import type { Application, ApplicationSigner, ApplicationState } from './application.js';
import { Refusal, requireState } from './refusal.js';
import type { ActionType } from './route.js';

export function applicationState(application: Application): ApplicationState {
  if (application.deletedAtMs !== null) return 'deleted';
  if (application.rejectedAtMs !== null) return 'rejected';
  if (application.finishedAtMs !== null) return 'processed';
  const applicant = application.signers.find((signer) => signer.actionType === 'SIGNING');
  if (applicant?.signedAtMs === null) return 'draft';
  const isApprovalLeft = application.signers.some((s) => s.actionType === 'APPROVING' && s.signedAtMs === null);
  return isApprovalLeft ? 'signed' : 'approved';
}

export function isApplicationOver(application: Application): boolean {
  return application.deletedAtMs !== null || application.rejectedAtMs !== null || application.finishedAtMs !== null;
}

/** Signers of the lowest stage that is not complete; empty when every stage is. */
function currentStage(application: Application): ApplicationSigner[] {
  const orders = [...new Set(application.signers.map((signer) => signer.signingOrder))].sort((a, b) => a - b);
  for (const order of orders) {
    const stage = application.signers.filter((signer) => signer.signingOrder === order);
    if (!isStageComplete(stage)) return stage;
  }
  return [];
}

/** ALL: every participant; ANY: one decision opens the next stage (spec 4.1). */
function isStageComplete(stage: readonly ApplicationSigner[]): boolean {
  const isAny = stage[0]?.completeness === 'ANY';
  return isAny ? stage.some((s) => s.signedAtMs !== null) : stage.every((s) => s.signedAtMs !== null);
}

/** Makes the current stage's signers available; returns true when nobody is left and the flow may finish. */
export function openApplicationStage(application: Application, nowMs: number): boolean {
  const stage = currentStage(application);
  for (const signer of stage) signer.availableAtMs ??= nowMs;
  return stage.length === 0;
}

/**
 * The signer through which `clientUserId` may act now. Anyone of HR may process (`asHr`). Refuses with `wrongState` when
 * the stage is not open or already decided, `forbidden` when it is somebody else's.
 */
export function actorInTurn(
  application: Application,
  action: ActionType,
  who: { clientUserId: string | null; asHr: boolean },
): ApplicationSigner {
  const state = applicationState(application);
  requireState(!isApplicationOver(application), state);
  const stage = currentStage(application).filter(
    (signer) => signer.actionType === action && signer.availableAtMs !== null,
  );
  requireState(stage.length > 0, state);
  const own = stage.find((signer) => signer.clientUserId === who.clientUserId);
  const signer = own ?? (who.asHr && action === 'PROCESSING' ? stage[0] : undefined);
  if (signer === undefined) throw new Refusal('forbidden', { permission: `APPLICATION_${action}` });
  requireState(signer.pending === null || action !== 'SIGNING', 'signing');
  return signer;
}

/** The participant who may reject now: any in turn but the applicant (who withdraws instead). */
export function rejecterInTurn(
  application: Application,
  who: { clientUserId: string | null; asHr: boolean },
): ApplicationSigner {
  const action = currentStage(application)[0]?.actionType ?? 'PROCESSING';
  requireState(action !== 'SIGNING', applicationState(application));
  return actorInTurn(application, action, who);
}

export function decide(application: Application, signer: ApplicationSigner, nowMs: number): void {
  signer.signedAtMs = nowMs;
  signer.pending = null;
  application.version += 1;
}

export function applyApplicationSignature(
  application: Application,
  signer: ApplicationSigner,
  signature: Buffer,
  nowMs: number,
): void {
  signer.signature = signature;
  application.lastSignedAtMs = nowMs;
  decide(application, signer, nowMs);
}

export function rejectApplication(
  application: Application,
  signer: ApplicationSigner,
  comment: string,
  nowMs: number,
): void {
  signer.rejectedAtMs = nowMs;
  signer.rejectionComment = comment;
  application.rejectedAtMs = nowMs;
  application.comments.push(comment);
  application.version += 1;
}

/** The applicant withdraws: allowed until a stage marked `canWithdrawBefore` is complete. */
export function withdrawApplication(application: Application, nowMs: number): void {
  const state = applicationState(application);
  requireState(!isApplicationOver(application), state);
  requireState(
    application.signers.every((s) => s.pending === null),
    'signing',
  );
  application.deletedAtMs = nowMs;
  application.version += 1;
}

/** HR takes the application over; a later one replaces the earlier. */
export function takeResponsibility(application: Application, employeeId: string, nowMs: number): void {
  const state = applicationState(application);
  requireState(state === 'signed' || state === 'approved', state);
  application.responsibles = [
    { employeeId, takenAtMs: nowMs },
    ...application.responsibles.filter((one) => one.employeeId !== employeeId),
  ].slice(0, 10);
  application.version += 1;
}

/** DRAFT … DELETED of the HR registry filter (spec 2.7), as the given user sees it. */
export function registryStatus(application: Application, clientUserId: string | null): string {
  const state = applicationState(application);
  if (state === 'deleted' || state === 'rejected' || state === 'draft') return state.toUpperCase();
  if (state === 'processed') return 'SIGNED';
  const isMine = currentStage(application).some((s) => s.clientUserId === clientUserId);
  return isMine ? 'AWAITING_MY_SIGNING' : 'AWAITING_OTHERS_SIGNING';
}
