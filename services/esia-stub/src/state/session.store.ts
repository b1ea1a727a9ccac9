/** A person logged in at ESIA in one browser. */
export interface Session {
  /** Secret value of the browser's cookie. */
  readonly id: string;
  /** Claim `urn:esia:sid`, shown to clients. */
  readonly sid: string;
  readonly personIndex: number;
  readonly authTimeMs: number;
}

/** SSO sessions by the value of the browser's cookie. */
export abstract class SessionStore {
  abstract open(session: Session, expiresAtMs: number): Promise<void>;
  /** Undefined when unknown, ended or over. */
  abstract find(id: string): Promise<Session | undefined>;
  /** By the claim `urn:esia:sid`. */
  abstract findBySid(sid: string): Promise<Session | undefined>;
  /** False when there was none. */
  abstract end(id: string): Promise<boolean>;
  /** Live ones, newest first, at most `limit`. */
  abstract list(limit: number): Promise<readonly Session[]>;
  abstract count(): Promise<number>;
}
