/** A request of the server that waits for its response. */
export interface Awaited {
  /** Its sequence_number, set when it is sent. */
  sequence: number;
  /** Monotonic milliseconds. */
  sentAtMs: number;
  /** `status` is the response's, or undefined when none came. */
  settle(status: number | undefined): void;
}

const SMALLEST = 16;
const LARGEST = 4096;

/**
 * Requests without a response by sequence_number. The numbers follow each other, so a ring finds each at once; the few that others overtook
 * by more than the ring's length stand aside.
 */
export class AwaitedWindow {
  private ring: (Awaited | undefined)[] = [];
  private readonly overtaken = new Map<number, Awaited>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(request: Awaited): void {
    if (this.count >= this.ring.length / 2 && this.ring.length < LARGEST) this.grow();
    const place = request.sequence & (this.ring.length - 1);
    const before = this.ring[place];
    if (before !== undefined) this.overtaken.set(before.sequence, before);
    this.ring[place] = request;
    this.count += 1;
  }

  /** Takes out the request of this number; undefined when there is none. */
  take(sequence: number): Awaited | undefined {
    const place = sequence & (this.ring.length - 1);
    const found = this.ring[place];
    if (found?.sequence === sequence) {
      this.ring[place] = undefined;
      this.count -= 1;
      return found;
    }
    const late = this.overtaken.size === 0 ? undefined : this.overtaken.get(sequence);
    if (late !== undefined) {
      this.overtaken.delete(sequence);
      this.count -= 1;
    }
    return late;
  }

  /** Takes out all that were sent at `untilMs` or before, in the order they were sent. */
  takeSentBy(untilMs: number): readonly Awaited[] {
    if (this.count === 0) return [];
    const taken = this.all().filter(({ sentAtMs }) => sentAtMs <= untilMs);
    for (const { sequence } of taken) this.take(sequence);
    return taken;
  }

  private all(): Awaited[] {
    const inRing = this.ring.filter((request) => request !== undefined);
    return [...this.overtaken.values(), ...inRing].sort(
      (left, right) => left.sentAtMs - right.sentAtMs || left.sequence - right.sequence,
    );
  }

  private grow(): void {
    const requests = this.all();
    this.ring = new Array<Awaited | undefined>(Math.max(SMALLEST, this.ring.length * 2)).fill(undefined);
    this.overtaken.clear();
    this.count = 0;
    for (const request of requests) this.add(request);
  }
}
