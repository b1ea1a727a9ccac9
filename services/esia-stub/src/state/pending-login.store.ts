import type { AuthorizationRequest } from '../domain/grant.js';

/** Authorization requests whose user is at the login or consent page, by the value of the browser's cookie. */
export abstract class PendingLoginStore {
  abstract put(id: string, request: AuthorizationRequest, expiresAtMs: number): Promise<void>;
  /** Undefined when unknown or over. */
  abstract find(id: string): Promise<AuthorizationRequest | undefined>;
  /** Ends the wait; false when it was over already, so that one request is answered once. */
  abstract finish(id: string): Promise<boolean>;
  abstract count(): Promise<number>;
}
