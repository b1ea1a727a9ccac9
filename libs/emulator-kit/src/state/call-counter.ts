/**
 * Numbers the calls that chance is decided on. Replicas that share one counter make the same decisions as a single one, because the draw of a
 * call depends on nothing but seed, rule, subject and this number.
 */
export abstract class CallCounter {
  /** How many calls were counted before under this scope and key; a promise when another process must be asked. */
  abstract next(scope: string, key: string): number | Promise<number>;
  /** Forgets every scope but these. */
  abstract keepOnly(scopes: ReadonlySet<string>): void | Promise<void>;
  /** Forgets everything. */
  abstract clear(): void | Promise<void>;
}
