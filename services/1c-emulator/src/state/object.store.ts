import type { StoredValues } from '../domain/row.js';

/** What was written over the seed: an object, or the mark that a seeded one is gone. */
export type Written = StoredValues | 'deleted';

export type ObjectListener = (set: string, key: string) => void;

/**
 * Objects written by callers; everything else is a function of the population. Reads are answered from memory at once, because queries scan;
 * a write is done when its promise is.
 */
export abstract class ObjectStore {
  /** @param key values of the key properties joined with `|` */
  abstract find(set: string, key: string): Written | undefined;
  /** Everything written to a set, oldest key first. */
  abstract written(set: string): Iterable<readonly [key: string, object: Written]>;
  /** Whether anything was written to a set. */
  abstract holds(set: string): boolean;
  /** False when the store is full and the key is new; nothing is written then. */
  abstract put(set: string, key: string, object: Written): Promise<boolean>;
  abstract count(): number;
  /** Grows with every change of what is kept. */
  abstract revision(): number;
  abstract clear(): Promise<void>;

  /** Calls `listener` with every object another process wrote into the same store. */
  hear(_listener: ObjectListener): void {
    // nobody else writes into memory
  }
}
