/** What a person agreed to give a client. */
export interface Consent {
  readonly personIndex: number;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** Consents of persons to clients: asked once for a set of scopes. */
export abstract class ConsentStore {
  abstract give(consent: Consent): Promise<void>;
  /** True when all scopes were agreed to, at once or one by one. */
  abstract covers(consent: Consent): Promise<boolean>;
  /** False when there was none. */
  abstract withdraw(personIndex: number, clientId: string): Promise<boolean>;
  /** Newest first, at most `limit`. */
  abstract list(limit: number): Promise<readonly Consent[]>;
  abstract count(): Promise<number>;
}
