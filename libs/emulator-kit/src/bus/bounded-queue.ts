/** A queue of at most `capacity` items in which the oldest give way to the newest. */
export class BoundedQueue<T> {
  private readonly ring: (T | undefined)[] = [];
  private head = 0;
  private count = 0;

  /** @param capacity at least 1 */
  constructor(readonly capacity: number) {}

  get size(): number {
    return this.count;
  }

  /** Adds an item; true when the oldest one was given up for it. */
  push(item: T): boolean {
    const isFull = this.count === this.capacity;
    if (isFull) this.shift();
    this.ring[(this.head + this.count) % this.capacity] = item;
    this.count += 1;
    return isFull;
  }

  /** The oldest item, left in place. */
  peek(): T | undefined {
    return this.count === 0 ? undefined : this.ring[this.head];
  }

  /** Takes the oldest item. */
  shift(): T | undefined {
    if (this.count === 0) return undefined;
    const item = this.ring[this.head];
    this.ring[this.head] = undefined;
    this.head = (this.head + 1) % this.capacity;
    this.count -= 1;
    return item;
  }

  clear(): void {
    this.ring.length = 0;
    this.head = 0;
    this.count = 0;
  }
}
