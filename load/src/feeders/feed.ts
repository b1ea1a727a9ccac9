import { hash32 } from '../engine/random.js';
import { OperationFailure } from '../hrlink/hrlink.errors.js';
import type { Strategy } from './feeders.schema.js';

/** A feed as it travels to workers. */
export interface FeedData<T> {
  name: string;
  strategy: Strategy;
  seed: string;
  /** Operations that take rows, in a fixed order. */
  users: readonly string[];
  rows: readonly T[];
}

/** Rows for operations to work with; which one an operation gets follows from its ordinal alone, whoever sends it. */
export class Feed<T> {
  constructor(readonly data: FeedData<T>) {}

  get size(): number {
    return this.data.rows.length;
  }

  /** Row for the `nth` demand of an operation. Throws OperationFailure when unique rows are used up. */
  at(operation: string, nth: number): T {
    const { name, rows } = this.data;
    const row = rows[this.indexOf(operation, nth)];
    if (row === undefined) throw new OperationFailure(`${name} used up`, `${rows.length} rows`);
    return row;
  }

  /** Rows that unique demands take, `demands` by operation: the users are dealt rows in turn. */
  needed(demands: Readonly<Record<string, number>>): number {
    const last = this.data.users.map((user) => {
      const count = demands[user] ?? 0;
      return count === 0 ? 0 : this.dealt(user, count - 1) + 1;
    });
    return Math.max(0, ...last);
  }

  private indexOf(operation: string, nth: number): number {
    const { strategy, seed, name, rows } = this.data;
    if (strategy === 'unique') return this.dealt(operation, nth);
    const at = strategy === 'random' ? hash32(`${seed}|${name}|${operation}|${nth}`) : nth;
    return at % rows.length;
  }

  private dealt(operation: string, nth: number): number {
    const { users } = this.data;
    return nth * users.length + Math.max(0, users.indexOf(operation));
  }
}
