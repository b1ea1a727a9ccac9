import { type CodeChallenge, type CodeRules, newChallenge } from './one-time-code.js';
import { requireState } from './refusal.js';

/** CREATED → CODE_SENT → CONFIRMED → SIGNED; FAILED, CANCELLED (spec 4.1). */
export type SigningRequestState = 'CREATED' | 'CODE_SENT' | 'CONFIRMED' | 'SIGNED' | 'FAILED' | 'CANCELLED';

export interface SigningTarget {
  readonly kind: 'document' | 'application';
  readonly id: string;
  readonly signerId: string;
}

/** One attempt of one person to sign one object with a cloud УНЭП. */
export interface SigningRequest {
  readonly id: string;
  readonly target: SigningTarget;
  readonly clientUserId: string;
  readonly createdAtMs: number;
  readonly challenge: CodeChallenge;
  state: SigningRequestState;
  codeSentAtMs: number | null;
  signedAtMs: number | null;
  errorMessage: string | null;
}

export interface NewSigningRequest {
  readonly id: string;
  readonly target: SigningTarget;
  readonly clientUserId: string;
  readonly rules: CodeRules;
}

export function newSigningRequest(fields: NewSigningRequest, nowMs: number): SigningRequest {
  const { rules, ...rest } = fields;
  return {
    ...rest,
    createdAtMs: nowMs,
    challenge: newChallenge(rules),
    state: 'CREATED',
    codeSentAtMs: null,
    signedAtMs: null,
    errorMessage: null,
  };
}

const TERMINAL: ReadonlySet<SigningRequestState> = new Set(['SIGNED', 'FAILED', 'CANCELLED']);

export function isSigningOver(request: SigningRequest): boolean {
  return TERMINAL.has(request.state);
}

/** True until the code is confirmed: the employee may ask for another code or give up. */
export function isAwaitingCode(request: SigningRequest): boolean {
  return request.state === 'CREATED' || request.state === 'CODE_SENT';
}

/** Refuses with `wrongState` once the code was confirmed or the request is over. */
export function requireAwaitingCode(request: SigningRequest): void {
  requireState(isAwaitingCode(request), request.state);
}
