import { ObjectStore, type Written } from './object.store.js';

const NOTHING: ReadonlyMap<string, Written> = new Map();

/** Reference implementation: objects live as long as the process. */
export class MemoryObjectStore extends ObjectStore {
  private readonly sets = new Map<string, Map<string, Written>>();
  private objects = 0;
  private changes = 0;

  constructor(private readonly maxObjects: number) {
    super();
  }

  find(set: string, key: string): Written | undefined {
    return this.sets.get(set)?.get(key);
  }

  written(set: string): Iterable<readonly [string, Written]> {
    return this.sets.get(set) ?? NOTHING;
  }

  holds(set: string): boolean {
    return this.sets.has(set);
  }

  async put(set: string, key: string, object: Written): Promise<boolean> {
    const objects = this.sets.get(set) ?? new Map<string, Written>();
    if (!objects.has(key)) {
      if (this.objects >= this.maxObjects) return false;
      this.objects += 1;
    }
    objects.set(key, object);
    this.changes += 1;
    this.sets.set(set, objects);
    return true;
  }

  revision(): number {
    return this.changes;
  }

  count(): number {
    return this.objects;
  }

  async clear(): Promise<void> {
    this.sets.clear();
    this.objects = 0;
    this.changes += 1;
  }
}
