import type { TokenAlgorithm } from '../domain/client.js';
import type { TokenKey } from '../domain/token-key.js';

/** Keys of one algorithm. */
export interface KeyRing {
  readonly current: TokenKey;
  /** Signs from `atMs` on. */
  readonly next: { readonly key: TokenKey; readonly atMs: number } | undefined;
  /** Keys that signed before; their tokens are still accepted at `/rs`. Newest first. */
  readonly previous: readonly TokenKey[];
  /** What esia.zip shows; behind `current` when a rotation was not published. */
  readonly published: TokenKey;
}

/** Keys tokens are signed with, the same at every replica; a reset leaves them. */
export abstract class TokenKeyStore {
  /** Call before anything else. */
  abstract ready(): Promise<void>;
  /** Undefined before the first one was kept. */
  abstract find(algorithm: TokenAlgorithm): KeyRing | undefined;
  /** Keeps the first ring of an algorithm; of several replicas that start at once one wins, and all use its ring. */
  abstract begin(algorithm: TokenAlgorithm, ring: KeyRing): Promise<KeyRing>;
  abstract put(algorithm: TokenAlgorithm, ring: KeyRing): Promise<void>;
}
