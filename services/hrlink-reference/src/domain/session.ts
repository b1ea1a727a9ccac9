/** A logged-in person. */
export interface Session {
  readonly id: string;
  readonly clientUserId: string;
  readonly openedAtMs: number;
  lastUsedAtMs: number;
}

export interface SessionRules {
  /** A login above it ends the oldest session (spec 2.2 [V]). */
  readonly maxPerUser: number;
  readonly idleMs: number;
}

export function isSessionAlive(session: Session, rules: SessionRules, nowMs: number): boolean {
  return nowMs - session.lastUsedAtMs < rules.idleMs;
}
