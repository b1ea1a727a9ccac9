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
];

export const NO_HINTS: FaultHints = {};

/** Gathers the hints of one exchange; `hinted` answers what a fault left under a name. */
export function gatherHints(hinted: (name: string) => unknown): FaultHints {
  const found = NAMES.map((name) => [name, hinted(name)] as const).filter(([, hint]) => hint !== undefined);
  return found.length === 0 ? NO_HINTS : Object.fromEntries(found);
}
