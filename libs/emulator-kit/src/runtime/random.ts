/** FNV-1a over UTF-16 code units, continued from `seed`; a fast, well-spread 32-bit hash (not cryptographic). */
export function hashText(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix(hash);
}

/** Final avalanche of MurmurHash3: every input bit reaches every output bit. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A short reproducible sequence of numbers for one decision. Re-aim it with `aim` instead of allocating one per call.
 */
export class Draw {
  private state = 0;

  aim(seed: number): this {
    this.state = seed >>> 0;
    return this;
  }

  /** Next number, 0 <= x < 1 (Mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let value = this.state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  }
}

/** Seeded chance: the same seed and the same question give the same answer, whatever happened in between. */
export class Random {
  private readonly root: number;

  constructor(readonly seed: string) {
    this.root = hashText(seed);
  }

  /** A 32-bit number fixed by the seed and the question's parts. */
  hash(topic: string, subject: string, count = 0): number {
    return mix(hashText(subject, hashText(topic, this.root)) ^ Math.imul(count + 1, 0x9e3779b1));
  }

  /** Share of the population, 0 <= x < 100, that a subject always belongs to. */
  percentile(topic: string, subject: string): number {
    return (this.hash(topic, subject) / 4_294_967_296) * 100;
  }

  /** An independent sequence for one named purpose. */
  stream(topic: string): Draw {
    return new Draw().aim(this.hash(topic, ''));
  }
}
