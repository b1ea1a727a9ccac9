import type { CodeGrant } from '../domain/grant.js';

/** What is known of an authorization code. */
export type CodeState =
  { readonly state: 'fresh'; readonly grant: CodeGrant } | { readonly state: 'used' | 'expired' | 'unknown' };

/** Authorization codes, single use. Keys are digests of codes, so that the store holds nothing a thief could use. */
export abstract class CodeStore {
  abstract issue(key: string, grant: CodeGrant, expiresAtMs: number): Promise<void>;
  /** Looks without using. */
  abstract find(key: string): Promise<CodeState>;
  /** Uses the code; of simultaneous calls one finds it fresh. */
  abstract redeem(key: string): Promise<CodeState>;
  /** Codes issued and not yet forgotten. */
  abstract count(): Promise<number>;
}
