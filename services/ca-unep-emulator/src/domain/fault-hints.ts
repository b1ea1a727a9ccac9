/** What faults asked of the work that an exchange starts, by fault name; the work carries it until it is done. */
export interface FaultHints {
  readonly 'stop-list'?: true;
  readonly 'snils-inn-mismatch'?: true;
  readonly 'issue-stuck'?: true;
  /** Milliseconds added to the issue. */
  readonly 'issue-delay-tail'?: number;
  readonly 'callback-lost'?: true;
  readonly 'callback-duplicate'?: true;
  readonly 'cms-bad-signature'?: true;
  readonly 'sms-code-lost'?: true;
  readonly 'cms-swapped-halves'?: true;
  readonly 'cms-wrong-digest'?: true;
  readonly 'cms-missing-signing-cert'?: true;
  readonly 'cms-truncated'?: true;
  readonly 'smev-down'?: true;
  readonly 'cert-wrong-subject'?: true;
  readonly 'cert-wrong-key'?: true;
  readonly 'cert-wrong-key-usage'?: true;
  readonly 'cert-already-expired'?: true;
  readonly 'cert-not-yet-valid'?: true;
  readonly 'cert-near-expiry'?: true;
  readonly 'cert-untrusted-issuer'?: true;
  readonly 'duplicate-serial'?: true;
  readonly 'revoked-after-sign'?: true;
  readonly 'sign-partial-batch'?: true;
  readonly 'callback-reordered'?: true;
  readonly 'callback-before-reply'?: true;
  readonly 'sms-code-wrong-length'?: true;
  readonly 'otp-rejected-once'?: true;
  readonly 'hsm-busy'?: true;
  readonly 'user-has-unconfirmed-operation'?: true;
  readonly 'dss-token-expired'?: true;
  readonly 'confirmation-cancelled'?: true;
  readonly 'ca-switch'?: true;
  readonly 'key-rollover'?: true;
  /** Milliseconds; true: by default. */
  readonly 'gosuslugi-never-confirmed'?: number | true;
  /** Milliseconds; true: by default. */
  readonly 'sms-code-late'?: number | true;
}

export type FaultHintName = keyof FaultHints;

const NAMES: readonly FaultHintName[] = [
  'stop-list',
  'snils-inn-mismatch',
  'issue-stuck',
  'issue-delay-tail',
  'callback-lost',
  'callback-duplicate',
  'cms-bad-signature',
  'sms-code-lost',
  ...(['cms-swapped-halves', 'cms-wrong-digest', 'cms-missing-signing-cert', 'cms-truncated', 'smev-down'] as const),
  ...(['cert-wrong-subject', 'cert-wrong-key', 'cert-wrong-key-usage', 'cert-already-expired'] as const),
  ...(['cert-not-yet-valid', 'cert-near-expiry', 'cert-untrusted-issuer', 'duplicate-serial'] as const),
  ...(['revoked-after-sign', 'sign-partial-batch'] as const),
  ...(['callback-reordered', 'callback-before-reply', 'sms-code-wrong-length', 'otp-rejected-once'] as const),
  ...(['hsm-busy', 'user-has-unconfirmed-operation', 'dss-token-expired', 'confirmation-cancelled'] as const),
  ...(['ca-switch', 'key-rollover', 'gosuslugi-never-confirmed', 'sms-code-late'] as const),
];

export const NO_HINTS: FaultHints = {};

/** Gathers the hints of one exchange; `hinted` answers what a fault left under a name. */
export function gatherHints(hinted: (name: string) => unknown): FaultHints {
  const found = NAMES.map((name) => [name, hinted(name)] as const).filter(([, hint]) => hint !== undefined);
  return found.length === 0 ? NO_HINTS : Object.fromEntries(found);
}
