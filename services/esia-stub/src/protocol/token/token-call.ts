import type { Grant } from '../../domain/grant.js';
import type { SystemScopes } from '../../domain/system-grant.js';
import type { SignedCall } from '../calls/signed-call.js';

/** Kinds of grant `te` answers. */
export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials';

/** A token request while it is checked. */
export interface TokenCall extends SignedCall {
  /** Fields of the Basic header: empty when it cannot be read, undefined when there is none. */
  readonly basic: Readonly<Record<string, string>> | undefined;
  grantType?: GrantType;
  /** What the code or refresh token stands for; set by the step that finds it. */
  grant?: Grant;
  /** What a system asks for itself with client_credentials. */
  systemScopes?: SystemScopes;
  /** PKCE challenge the code was bound to. */
  codeChallenge?: string;
}
