/** Parts an arrival plan is divided into: enough to spread evenly over any number of workers in use. */
export const SHARDS = 24;

/**
 * Shard of an arrival. Operations of one employee all fall into one shard: HRLink keeps five sessions of a person, and
 * two workers waiting for that person's text messages would take each other's codes.
 */
export function shardOf(ordinal: number, signers: number, shards: number): number {
  return (signers > 0 ? ordinal % signers : ordinal) % shards;
}

/** How many shards a run has: not more than there are employees to divide. */
export function shardsFor(signers: number): number {
  return Math.max(1, Math.min(SHARDS, signers));
}
