import type { Applicant } from './applicant.js';
import type { FaultHints } from './fault-hints.js';
import type { OneTimeCode } from './one-time-code.js';
import { Refusal } from './refusal.js';
import type { Rejection } from './rejection.js';

/** The ways into the authority; one tenant uses one of them. */
export type CaProfile = 'astral' | 'kontur' | 'dss' | 'est' | 'cmp' | 'signme' | 'ca20';

/** CREATED and CODE_SENT exist at `kontur` only: there the employee confirms by the authority's own code. */
export type IssueState =
  | 'CREATED'
  | 'CODE_SENT'
  | 'ACCEPTED'
  | 'CHECKING'
  | 'AWAITING_GOSUSLUGI'
  | 'ISSUING'
  | 'ISSUED'
  | 'ACTIVE'
  | 'REJECTED'
  | 'CANCELLED'
  | 'EXPIRED';

const ENDS = ['REJECTED', 'CANCELLED'] as const;

/** Section 4: which state may follow which. */
const NEXT: Readonly<Record<IssueState, readonly IssueState[]>> = {
  CREATED: ['CODE_SENT', 'CANCELLED'],
  CODE_SENT: ['CODE_SENT', 'ACCEPTED', 'CANCELLED'],
  ACCEPTED: ['CHECKING', ...ENDS],
  CHECKING: ['AWAITING_GOSUSLUGI', 'ISSUING', ...ENDS],
  AWAITING_GOSUSLUGI: ['ISSUING', 'EXPIRED', ...ENDS],
  ISSUING: ['ISSUED', ...ENDS],
  ISSUED: ['ACTIVE', ...ENDS],
  ACTIVE: [],
  REJECTED: [],
  CANCELLED: [],
  EXPIRED: [],
};

/** One application for a certificate. Immutable: every move makes a new one. */
export interface IssueRequest {
  /** At `astral` the id of the registration event. */
  readonly id: string;
  readonly profile: CaProfile;
  readonly tenant: string;
  readonly applicant: Applicant;
  readonly subject: string | undefined;
  readonly state: IssueState;
  /** Stopped by an engineer: nothing happens by itself. */
  readonly isHeld: boolean;
  readonly hints: FaultHints;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly code?: OneTimeCode;
  readonly certificateId?: string;
  readonly reason?: Rejection;
}

/** The request in its next state. @throws Refusal `wrong_state` when the move is not allowed */
export function moved(
  request: IssueRequest,
  state: IssueState,
  nowMs: number,
  change: Partial<Pick<IssueRequest, 'reason' | 'certificateId' | 'code' | 'hints'>> = {},
): IssueRequest {
  if (!NEXT[request.state].includes(state)) {
    throw new Refusal('wrong_state', `заявка в состоянии ${request.state}, переход в ${state} невозможен`);
  }
  return { ...request, ...change, state, updatedAtMs: nowMs };
}

/** @throws Refusal `wrong_state` when the request is in none of the states */
export function requireState(request: IssueRequest, ...states: readonly IssueState[]): void {
  if (states.includes(request.state)) return;
  throw new Refusal('wrong_state', `заявка в состоянии ${request.state}, требуется ${states.join(' или ')}`);
}

export const isFinal = ({ state }: IssueRequest): boolean => NEXT[state].length === 0;
