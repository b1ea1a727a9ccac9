/** What a caller was promised: each of these is answered at once and completes later (spec 4.1). */
export const WORK_KINDS = ['conversion', 'bulk', 'send', 'document', 'application', 'signing', 'nqes', 'lna'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

export interface Balance {
  readonly accepted: number;
  readonly completed: number;
  readonly failed: number;
  readonly pending: number;
  /** accepted = completed + failed + pending, pending counted from the open set rather than derived. */
  readonly isBalanced: boolean;
  /** Accept-to-complete time of the last thousand completed, milliseconds. */
  readonly lagMs: { p50: number; p95: number; max: number };
}

interface Account {
  accepted: number;
  completed: number;
  failed: number;
  /** Id → time of acceptance. */
  open: Map<string, number>;
  lags: number[];
  next: number;
}

const KEPT_LAGS = 1000;

/** Keeps count of accepted work until it is over. An id may be closed once; unknown ids are ignored. */
export class Ledger {
  private accounts = new Map<WorkKind, Account>();

  accept(kind: WorkKind, id: string, nowMs: number): void {
    const account = this.account(kind);
    if (account.open.has(id)) return;
    account.accepted += 1;
    account.open.set(id, nowMs);
  }

  complete(kind: WorkKind, id: string, nowMs: number): void {
    const account = this.account(kind);
    const acceptedAtMs = account.open.get(id);
    if (acceptedAtMs === undefined) return;
    account.open.delete(id);
    account.completed += 1;
    account.lags[account.next] = nowMs - acceptedAtMs;
    account.next = (account.next + 1) % KEPT_LAGS;
  }

  fail(kind: WorkKind, id: string): void {
    const account = this.account(kind);
    if (account.open.delete(id)) account.failed += 1;
  }

  /** Ids of `kind` that are not over, oldest first, with the time of acceptance. */
  pending(kind: WorkKind, limit: number): { id: string; acceptedAtMs: number }[] {
    const open = [...this.account(kind).open].slice(0, limit);
    return open.map(([id, acceptedAtMs]) => ({ id, acceptedAtMs }));
  }

  /** How many of a kind are not over. */
  openCount(kind: WorkKind): number {
    return this.accounts.get(kind)?.open.size ?? 0;
  }

  balance(): Record<WorkKind, Balance> {
    return Object.fromEntries(WORK_KINDS.map((kind) => [kind, balanceOf(this.account(kind))])) as Record<
      WorkKind,
      Balance
    >;
  }

  clear(): void {
    this.accounts = new Map();
  }

  private account(kind: WorkKind): Account {
    let account = this.accounts.get(kind);
    if (account === undefined) {
      account = { accepted: 0, completed: 0, failed: 0, open: new Map(), lags: [], next: 0 };
      this.accounts.set(kind, account);
    }
    return account;
  }
}

function balanceOf({ accepted, completed, failed, open, lags }: Account): Balance {
  const sorted = [...lags].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    accepted,
    completed,
    failed,
    pending: open.size,
    isBalanced: accepted === completed + failed + open.size,
    lagMs: { p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 },
  };
}
