import { createHash } from 'node:crypto';
import { Refusal } from './refusal.js';

/** Rules of a one-time code (spec section 8; resend pause 4.2 [V]). */
export interface CodeRules {
  readonly length: number;
  readonly ttlMs: number;
  readonly attempts: number;
  readonly resendAfterMs: number;
}

/** A code bound to one object. Only digests are kept: no dump of this object shows a code. */
export interface CodeChallenge {
  readonly rules: CodeRules;
  digest: string | null;
  /** Digests of codes a later one replaced, newest last. */
  superseded: string[];
  issuedAtMs: number | null;
  attemptsLeft: number;
  isUsed: boolean;
  /** The last code may not have reached the person: the next may follow at once. */
  isResendFree: boolean;
}

const KEPT_SUPERSEDED = 10;

export function newChallenge(rules: CodeRules): CodeChallenge {
  return {
    rules,
    digest: null,
    superseded: [],
    issuedAtMs: null,
    attemptsLeft: rules.attempts,
    isUsed: false,
    isResendFree: false,
  };
}

/**
 * Makes `code` the only valid one; the previous code is void and attempts start over.
 * Refuses with `resendTooEarly` when the last code is younger than the resend pause.
 */
export function issueCode(challenge: CodeChallenge, code: string, nowMs: number): void {
  if (challenge.issuedAtMs !== null && !challenge.isResendFree) {
    const waitMs = challenge.issuedAtMs + challenge.rules.resendAfterMs - nowMs;
    if (waitMs > 0) throw new Refusal('resendTooEarly', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  }
  if (challenge.digest !== null) {
    challenge.superseded = [...challenge.superseded, challenge.digest].slice(-KEPT_SUPERSEDED);
  }
  challenge.digest = digestOf(code);
  challenge.issuedAtMs = nowMs;
  challenge.attemptsLeft = challenge.rules.attempts;
  challenge.isUsed = false;
  challenge.isResendFree = false;
}

/** Lets the next code out at once. The unsent one stays valid: a gateway that did not answer may still have delivered it. */
export function allowResend(challenge: CodeChallenge): void {
  challenge.isResendFree = true;
}

/**
 * Spends the code. Refuses with `attemptsExhausted`, `codeExpired` (too old, superseded, used or never issued) or
 * `wrongCode` with the attempts left. Each wrong or superseded entry costs one attempt.
 */
export function useCode(challenge: CodeChallenge, code: string, nowMs: number): void {
  if (challenge.digest === null || challenge.issuedAtMs === null || challenge.isUsed) throw new Refusal('codeExpired');
  if (challenge.attemptsLeft <= 0) throw new Refusal('attemptsExhausted');
  if (nowMs - challenge.issuedAtMs >= challenge.rules.ttlMs) throw new Refusal('codeExpired');
  const digest = digestOf(code);
  if (digest === challenge.digest) {
    challenge.isUsed = true;
    return;
  }
  challenge.attemptsLeft -= 1;
  if (challenge.attemptsLeft <= 0) throw new Refusal('attemptsExhausted');
  const data = { attemptsLeft: challenge.attemptsLeft };
  throw new Refusal(challenge.superseded.includes(digest) ? 'codeExpired' : 'wrongCode', data);
}

function digestOf(code: string): string {
  return createHash('sha256').update(code).digest('base64');
}
