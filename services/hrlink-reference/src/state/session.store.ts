import type { Session } from '../domain/session.js';

/** Sessions of logged-in people. */
export abstract class SessionStore {
  /** Adds a session and ends the person's oldest ones beyond `maxPerUser`. */
  abstract open(session: Session, maxPerUser: number): void;
  abstract byId(id: string): Session | undefined;
  abstract end(id: string): void;
  abstract countOf(clientUserId: string): number;
}
