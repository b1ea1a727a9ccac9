import type { AccountFilter } from './account-filter.js';
import type { OrgScope } from './org-scope.js';
import type { Permission } from './permission.js';
import type { PromptWord } from './prompt.js';

/** What a login gave a client: the facts codes and tokens are made of. */
export interface Grant {
  readonly clientId: string;
  readonly personIndex: number;
  readonly scopes: readonly string[];
  /** Scopes of organisations, each with the oid. */
  readonly orgScopes: readonly OrgScope[];
  /** Claim `urn:esia:sid`. */
  readonly sid: string;
  /** Time of the login itself, not of the token. */
  readonly authTimeMs: number;
  /** When the code was issued: a consent taken back later ends the grant. */
  readonly grantedAtMs: number;
  readonly isOffline: boolean;
  /** Whether digital-profile consents were asked for. */
  readonly hasPermissions: boolean;
  /** Absent when the account is not confirmed. */
  readonly isTrusted: boolean;
  /** Value of `nonce` in the authorization request; only the OpenID Connect extension gives it back. */
  readonly nonce?: string | undefined;
}

/** An authorization request that passed validation. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Without an oid: of the organisation the person acts for. */
  readonly orgScopes: readonly OrgScope[];
  /** Digital-profile consents, empty when not asked for. */
  readonly permissions: readonly Permission[];
  readonly state: string;
  readonly isOffline: boolean;
  readonly filter: AccountFilter;
  /** Words of `prompt`, empty when not sent. */
  readonly prompts: readonly PromptWord[];
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
}

/** A grant waiting behind an authorization code, with what the code is bound to. */
export interface CodeGrant extends Grant {
  readonly redirectUri: string;
  readonly codeChallenge: string | undefined;
}
