import type { Grant } from '../../domain/grant.js';
import type { SignedCall } from '../calls/signed-call.js';

/** Kinds of grant `te` answers. */
export type GrantType = 'authorization_code' | 'refresh_token';

/** A token request while it is checked. */
export interface TokenCall extends SignedCall {
  grantType?: GrantType;
  /** What the code or refresh token stands for; set by the step that finds it. */
  grant?: Grant;
  /** PKCE challenge the code was bound to. */
  codeChallenge?: string;
}
