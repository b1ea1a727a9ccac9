/** What a login gave a client: the facts codes and tokens are made of. */
export interface Grant {
  readonly clientId: string;
  readonly personIndex: number;
  readonly scopes: readonly string[];
  /** Claim `urn:esia:sid`. */
  readonly sid: string;
  /** Time of the login itself, not of the token. */
  readonly authTimeMs: number;
  readonly isOffline: boolean;
  /** Absent when the account is not confirmed. */
  readonly isTrusted: boolean;
}

/** An authorization request that passed validation. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  readonly isOffline: boolean;
  readonly personFilter: string | undefined;
  readonly codeChallenge: string | undefined;
}

/** A grant waiting behind an authorization code, with what the code is bound to. */
export interface CodeGrant extends Grant {
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
}
