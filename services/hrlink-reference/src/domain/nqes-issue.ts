import type { CaStyle } from './client-user.js';
import { type CodeChallenge, type CodeRules, newChallenge } from './one-time-code.js';
import { requireState } from './refusal.js';

/** States of spec 4.1; the wire words are in the path profile. */
export type NqesState =
  | 'ON_CONFIRMATION'
  | 'IN_PROCESSING'
  | 'ON_REVIEW'
  | 'ISSUED'
  | 'STOP_LIST'
  | 'SNILS_INN_ERROR'
  | 'DECLINED'
  | 'DATA_ERROR'
  | 'EXPIRED';

/** One application of one person for a УНЭП. */
export interface NqesIssue {
  readonly id: string;
  readonly clientUserId: string;
  readonly caStyle: CaStyle;
  readonly identificationType: 'ONSITE' | 'REMOTE';
  readonly codeChannel: 'SMS' | 'EMAIL';
  readonly createdAtMs: number;
  /** HRlink's own code; unused by Контур, whose code the authority sends and checks. */
  readonly challenge: CodeChallenge;
  state: NqesState;
  isCodeConfirmed: boolean;
  /** Remote identification: the browser must go there; null when not needed or done. */
  redirectUrl: string | null;
  esiaState: string | null;
  isIdentified: boolean;
  /** Made by an engineer's seed: the certificate is accepted for the person as soon as it is issued. */
  isAutoAccepted: boolean;
  /** Event id (Астрал) or issue request id (Контур). */
  caRequestId: string | null;
  certificateId: string | null;
  errorMessage: string | null;
}

export interface NewNqesIssue {
  readonly id: string;
  readonly clientUserId: string;
  readonly caStyle: CaStyle;
  readonly identificationType: 'ONSITE' | 'REMOTE';
  readonly codeChannel: 'SMS' | 'EMAIL';
  readonly rules: CodeRules;
}

export function newNqesIssue(fields: NewNqesIssue, nowMs: number): NqesIssue {
  const { rules, ...rest } = fields;
  return {
    ...rest,
    createdAtMs: nowMs,
    challenge: newChallenge(rules),
    state: 'ON_CONFIRMATION',
    isCodeConfirmed: false,
    redirectUrl: null,
    esiaState: null,
    isIdentified: fields.identificationType === 'ONSITE',
    isAutoAccepted: false,
    caRequestId: null,
    certificateId: null,
    errorMessage: null,
  };
}

const OPEN: ReadonlySet<NqesState> = new Set(['ON_CONFIRMATION', 'IN_PROCESSING', 'ON_REVIEW']);

export function isNqesOver(issue: NqesIssue): boolean {
  return !OPEN.has(issue.state);
}

/** Refuses with `wrongState` unless the issue is in one of `states`. */
export function requireNqesState(issue: NqesIssue, ...states: NqesState[]): void {
  requireState(states.includes(issue.state), issue.state);
}

/** The authority's reason codes (ca.md section 3) as states of HRlink. */
const REASONS: Readonly<Record<string, NqesState>> = {
  STOP_LIST: 'STOP_LIST',
  SNILS_INN_ERROR: 'SNILS_INN_ERROR',
  DECLINED_BY_EMPLOYEE: 'DECLINED',
  DATA_ERROR: 'DATA_ERROR',
  GOSUSLUGI_TIMEOUT: 'EXPIRED',
};

/** Ends the issue with the reason the authority gave; an unknown one counts as an error in the application's data. */
export function failIssue(issue: NqesIssue, reasonCode: string, text: string): void {
  if (isNqesOver(issue)) return;
  issue.state = REASONS[reasonCode] ?? 'DATA_ERROR';
  issue.errorMessage = text || reasonCode;
  issue.redirectUrl = null;
}

/** Ready for the authority: the code is confirmed and, for REMOTE, the person was identified at ЕСИА. */
export function isReadyForAuthority(issue: NqesIssue): boolean {
  return issue.state === 'IN_PROCESSING' && issue.isCodeConfirmed && issue.isIdentified;
}
