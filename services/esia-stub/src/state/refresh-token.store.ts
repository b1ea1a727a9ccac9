import type { Grant } from '../domain/grant.js';

/** Refresh tokens: each use issues another and kills the old one. */
export abstract class RefreshTokenStore {
  abstract issue(token: string, grant: Grant, expiresAtMs: number): Promise<void>;
  /** Undefined when unknown, used or over. */
  abstract find(token: string): Promise<Grant | undefined>;
  /** Uses the token up; of simultaneous calls one gets the grant. */
  abstract redeem(token: string): Promise<Grant | undefined>;
  abstract count(): Promise<number>;
}
