/** Most answers of one turn of the event loop fit the small size; receipts of a busy connection need the large one. */
const SMALL_BYTES = 4096;
const LARGE_BYTES = 65_536;
/** Buffers of a size kept for the next turn. */
const MAX_POOLED = 64;

const pools = new Map<number, Buffer[]>([
  [SMALL_BYTES, []],
  [LARGE_BYTES, []],
]);

function taken(bytes: number): Buffer {
  const size = bytes <= SMALL_BYTES ? SMALL_BYTES : LARGE_BYTES;
  if (bytes > size) return Buffer.allocUnsafeSlow(bytes);
  return pools.get(size)!.pop() ?? Buffer.allocUnsafeSlow(size);
}

function given(buffer: Buffer): void {
  const pool = pools.get(buffer.length);
  if (pool !== undefined && pool.length < MAX_POOLED) pool.push(buffer);
}

/** Octets that leave a connection together. The buffer is borrowed: an idle connection holds none. */
export class Output {
  private kept: Buffer | undefined;
  /** Octets written. */
  used = 0;

  /** Where they stand, once `room` was asked for. */
  get octets(): Buffer {
    return this.kept!;
  }

  /** True when as much waits as leaves at once. */
  hasRoom(bytes: number): boolean {
    return this.used + bytes <= LARGE_BYTES;
  }

  /** The buffer with `bytes` free from `used` on; the caller writes there and moves `used` on. */
  room(bytes: number): Buffer {
    const needed = this.used + bytes;
    if (this.kept !== undefined && needed <= this.kept.length) return this.kept;
    const grown = taken(needed);
    if (this.kept !== undefined) {
      this.kept.copy(grown, 0, 0, this.used);
      given(this.kept);
    }
    this.kept = grown;
    return grown;
  }

  append(bytes: Buffer): void {
    bytes.copy(this.room(bytes.length), this.used);
    this.used += bytes.length;
  }

  /** What was written; the output is empty afterwards. Whoever takes it tells `done` when nobody reads it any more, or never. */
  take(): { readonly bytes: Buffer; readonly done: () => void } {
    const buffer = this.kept!;
    const bytes = buffer.subarray(0, this.used);
    this.kept = undefined;
    this.used = 0;
    return { bytes, done: () => given(buffer) };
  }

  clear(): void {
    this.kept = undefined;
    this.used = 0;
  }
}
