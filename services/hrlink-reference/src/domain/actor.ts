import { Refusal } from './refusal.js';

/** Who makes a call. */
export interface Actor {
  /** token: User-Api-Token of HR; session: a person logged in; impersonated: master token plus person. */
  readonly kind: 'token' | 'session' | 'impersonated';
  /** The person acting; null for the API token, which acts as its creator. */
  readonly clientUserId: string | null;
  readonly isHr: boolean;
}

/** What a caller must be to use an operation. */
export type Access = 'public' | 'any' | 'hr' | 'employee';

/** Refuses with 10.000 a caller the operation is not for. */
export function requireAccess(actor: Actor, access: Access): void {
  if (access === 'hr' && !actor.isHr) throw new Refusal('forbidden', { permission: 'HR' });
  if (access === 'employee' && actor.clientUserId === null) throw new Refusal('forbidden', { permission: 'EMPLOYEE' });
}

/** The acting person. Refuses with 10.000 a token, which is nobody's own. */
export function personOf(actor: Actor): string {
  if (actor.clientUserId === null) throw new Refusal('forbidden', { permission: 'EMPLOYEE' });
  return actor.clientUserId;
}
