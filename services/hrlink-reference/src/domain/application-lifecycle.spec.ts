import type { Application, ApplicationSigner } from './application.js';
import {
  actorInTurn,
  applicationState,
  applyApplicationSignature,
  decide,
  openApplicationStage,
  registryStatus,
  rejectApplication,
  rejecterInTurn,
  takeResponsibility,
  withdrawApplication,
} from './application-lifecycle.js';
import { Refusal } from './refusal.js';
import type { ActionType } from './route.js';

const signer = (
  user: string,
  actionType: ActionType,
  signingOrder: number,
  completeness: 'ALL' | 'ANY' = 'ALL',
): ApplicationSigner => ({
  id: `s-${user}`,
  employeeId: `e-${user}`,
  clientUserId: user,
  participantId: 'p',
  actionType,
  signingOrder,
  completeness,
  canWithdrawBefore: false,
  availableAtMs: null,
  signedAtMs: null,
  rejectedAtMs: null,
  rejectionComment: null,
  pending: null,
  signature: null,
});

function application(): Application {
  const signers = [
    signer('me', 'SIGNING', 0),
    signer('boss', 'APPROVING', 1),
    signer('hr1', 'PROCESSING', 2, 'ANY'),
    signer('hr2', 'PROCESSING', 2, 'ANY'),
  ];
  const made = {
    signers,
    responsibles: [],
    comments: [],
    version: 1,
    deletedAtMs: null,
    rejectedAtMs: null,
    finishedAtMs: null,
  };
  const started = made as unknown as Application;
  openApplicationStage(started, 1);
  return started;
}

const me = { clientUserId: 'me', asHr: false };
const boss = { clientUserId: 'boss', asHr: false };
const token = { clientUserId: null, asHr: true };

function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Refusal).refusal;
  }
  return 'none';
}

function signed(): Application {
  const one = application();
  applyApplicationSignature(one, actorInTurn(one, 'SIGNING', me), Buffer.from('cms'), 2);
  openApplicationStage(one, 2);
  return one;
}

describe('an application', () => {
  it('goes draft, signed, approved and is done after any one of HR', () => {
    const one = application();
    expect(applicationState(one)).toBe('draft');
    applyApplicationSignature(one, actorInTurn(one, 'SIGNING', me), Buffer.from('cms'), 2);
    expect([applicationState(one), openApplicationStage(one, 2)]).toEqual(['signed', false]);
    decide(one, actorInTurn(one, 'APPROVING', boss), 3);
    expect([applicationState(one), openApplicationStage(one, 3)]).toEqual(['approved', false]);
    decide(one, actorInTurn(one, 'PROCESSING', token), 4);
    expect(openApplicationStage(one, 4)).toBe(true);
  });

  it.each([
    ['HR before the approver', () => actorInTurn(signed(), 'PROCESSING', token), 'wrongState'],
    ['the applicant approving', () => actorInTurn(signed(), 'APPROVING', me), 'forbidden'],
    ['signing twice', () => actorInTurn(signed(), 'SIGNING', me), 'wrongState'],
    ['rejecting a draft', () => rejecterInTurn(application(), boss), 'wrongState'],
    ['rejecting by a stranger', () => rejecterInTurn(signed(), me), 'forbidden'],
    ['taking over a draft', () => takeResponsibility(application(), 'e', 1), 'wrongState'],
  ])('refuses %s', (_name, action, name) => {
    expect(refusalOf(action)).toBe(name);
  });

  it('ends when rejected, with the comment kept', () => {
    const one = signed();
    rejectApplication(one, rejecterInTurn(one, boss), 'нет', 5);
    expect([applicationState(one), one.comments]).toEqual(['rejected', ['нет']]);
    expect(refusalOf(() => withdrawApplication(one, 6))).toBe('wrongState');
  });

  it('cannot be withdrawn while a signature is pending', () => {
    const one = application();
    const [applicant] = one.signers;
    if (applicant) applicant.pending = { signingType: 'CLOUD_NQES', signingRequestId: 'r', createdAtMs: 1 };
    expect(refusalOf(() => withdrawApplication(one, 2))).toBe('wrongState');
    expect(refusalOf(() => actorInTurn(one, 'SIGNING', me))).toBe('wrongState');
  });

  it('is taken over by the last one who asks', () => {
    const one = signed();
    takeResponsibility(one, 'a', 1);
    takeResponsibility(one, 'b', 2);
    takeResponsibility(one, 'a', 3);
    expect(one.responsibles.map(({ employeeId }) => employeeId)).toEqual(['a', 'b']);
  });

  it('awaits mine or others, depending on who looks', () => {
    const one = signed();
    expect([registryStatus(one, 'boss'), registryStatus(one, 'hr1')]).toEqual([
      'AWAITING_MY_SIGNING',
      'AWAITING_OTHERS_SIGNING',
    ]);
  });
});
