/** Something kept until a moment of wall time. */
export interface Expiring<T> {
  readonly value: T;
  readonly expiresAtMs: number;
}

/** Options of stores whose documents end by themselves. */
export const endsByItself = { expiresAtMs: ({ expiresAtMs }: Expiring<unknown>): number => expiresAtMs };

const DAY_MS = 86_400_000;
/** What nobody touched for so long is of no use to a test any more. */
export const KEEP_FOR_MS = 400 * DAY_MS;
