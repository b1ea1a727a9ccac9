import { Injectable } from '@nestjs/common';
import { ResetOnAdmin, type Resettable } from '../runtime/resettable.js';
import { CallCounter } from './call-counter.js';

/** Keys counted per scope and in all; beyond it the oldest of the scope are forgotten and their draws start anew. */
const MAX_KEYS_PER_SCOPE = 200_000;
const MAX_KEYS = 1_000_000;

/** The counter of a single replica. */
@Injectable()
@ResetOnAdmin()
export class MemoryCallCounter extends CallCounter implements Resettable {
  private readonly scopes = new Map<string, Map<string, number>>();
  private keys = 0;

  next(scope: string, key: string): number {
    let counts = this.scopes.get(scope);
    if (counts === undefined) this.scopes.set(scope, (counts = new Map<string, number>()));
    const count = counts.get(key);
    if (count === undefined) this.makeRoom(counts);
    counts.set(key, (count ?? 0) + 1);
    return count ?? 0;
  }

  keepOnly(scopes: ReadonlySet<string>): void {
    for (const [scope, counts] of this.scopes) {
      if (scopes.has(scope)) continue;
      this.keys -= counts.size;
      this.scopes.delete(scope);
    }
  }

  clear(): void {
    this.keepOnly(new Set());
  }

  reset(): void {
    this.clear();
  }

  private makeRoom(counts: Map<string, number>): void {
    const isFull = counts.size >= MAX_KEYS_PER_SCOPE || (this.keys >= MAX_KEYS && counts.size > 0);
    if (isFull) counts.delete(counts.keys().next().value!);
    else this.keys += 1;
  }
}
