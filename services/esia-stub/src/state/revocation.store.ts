/**
 * Marks that end signed tokens before their time. Only exceptions have a row: `token …`, `session …` and `consent …`,
 * each with the moment up to which what was issued is dead.
 */
export abstract class RevocationStore {
  /** Forgotten at `forgetAtMs`, when no token it concerns can live. */
  abstract revoke(key: string, revokedAtMs: number, forgetAtMs: number): Promise<void>;
  abstract find(key: string): Promise<number | undefined>;
  abstract count(): Promise<number>;
}
