import { ITERATION_CONSTANTS, TABLE_HIGH, TABLE_LOW, toWords } from './streebog-tables.js';

const BLOCK_BYTES = 64;
const WORDS = 16;
const ZERO = new Int32Array(WORDS);

/** `out = L(P(S(a xor b)))`; the unrolled lookups are what makes it an order of magnitude faster than loops. */
function lps(a: Int32Array, b: Int32Array, out: Int32Array): void {
  const x = scratch;
  for (let i = 0; i < WORDS; i++) x[i] = (a[i] as number) ^ (b[i] as number);
  for (let i = 0; i < 8; i++) {
    const half = i >> 2;
    const shift = (i & 3) << 3;
    const i0 = ((x[half] as number) >>> shift) & 255;
    const i1 = 256 | (((x[2 + half] as number) >>> shift) & 255);
    const i2 = 512 | (((x[4 + half] as number) >>> shift) & 255);
    const i3 = 768 | (((x[6 + half] as number) >>> shift) & 255);
    const i4 = 1024 | (((x[8 + half] as number) >>> shift) & 255);
    const i5 = 1280 | (((x[10 + half] as number) >>> shift) & 255);
    const i6 = 1536 | (((x[12 + half] as number) >>> shift) & 255);
    const i7 = 1792 | (((x[14 + half] as number) >>> shift) & 255);
    out[2 * i] = low(i0) ^ low(i1) ^ low(i2) ^ low(i3) ^ low(i4) ^ low(i5) ^ low(i6) ^ low(i7);
    out[2 * i + 1] = high(i0) ^ high(i1) ^ high(i2) ^ high(i3) ^ high(i4) ^ high(i5) ^ high(i6) ^ high(i7);
  }
}

const low = (index: number): number => TABLE_LOW[index] as number;
const high = (index: number): number => TABLE_HIGH[index] as number;

const scratch = new Int32Array(WORDS);
const key = new Int32Array(WORDS);
const state = new Int32Array(WORDS);

/** Compression function g_N(h, m), result in `h` (RFC 6986 clause 8). Synchronous, so the buffers are safely reused. */
function compress(h: Int32Array, n: Int32Array, m: Int32Array): void {
  lps(h, n, key);
  state.set(m);
  for (const constant of ITERATION_CONSTANTS) {
    lps(key, state, state);
    lps(key, constant, key);
  }
  for (let i = 0; i < WORDS; i++) {
    h[i] = (h[i] as number) ^ (state[i] as number) ^ (key[i] as number) ^ (m[i] as number);
  }
}

/** `sum += addend` modulo 2^512. */
function add(sum: Int32Array, addend: Int32Array): void {
  let carry = 0;
  for (let i = 0; i < WORDS; i++) {
    const total = ((sum[i] as number) >>> 0) + ((addend[i] as number) >>> 0) + carry;
    sum[i] = total | 0;
    carry = total > 0xffffffff ? 1 : 0;
  }
}

const bitCount = (bytes: number): Int32Array => {
  const words = new Int32Array(WORDS);
  words[0] = bytes * 8;
  return words;
};

const FULL_BLOCK = bitCount(BLOCK_BYTES);

/** Streebog (GOST R 34.11-2012, RFC 6986) of a message that comes in pieces. */
export class Streebog {
  private readonly h: Int32Array;
  private readonly processedBits = new Int32Array(WORDS);
  private readonly sum = new Int32Array(WORDS);
  private readonly pending = Buffer.alloc(BLOCK_BYTES);
  private pendingBytes = 0;

  constructor(private readonly digestBytes: 32 | 64) {
    this.h = new Int32Array(WORDS).fill(digestBytes === 32 ? 0x01010101 : 0);
  }

  update(data: Buffer): this {
    let offset = 0;
    if (this.pendingBytes > 0) {
      offset = data.copy(this.pending, this.pendingBytes);
      this.pendingBytes += offset;
      if (this.pendingBytes < BLOCK_BYTES) return this;
      this.block(this.pending);
    }
    for (; data.length - offset >= BLOCK_BYTES; offset += BLOCK_BYTES) {
      this.block(data.subarray(offset, offset + BLOCK_BYTES));
    }
    this.pendingBytes = data.copy(this.pending, 0, offset);
    return this;
  }

  /** Digest in wire order, as OpenSSL prints it. Call once. */
  digest(): Buffer {
    const { h, processedBits, sum, pending, pendingBytes } = this;
    pending.fill(0, pendingBytes);
    pending[pendingBytes] = 1;
    const last = toWords(pending);
    compress(h, processedBits, last);
    add(processedBits, bitCount(pendingBytes));
    add(sum, last);
    compress(h, ZERO, processedBits);
    compress(h, ZERO, sum);
    const digest = Buffer.alloc(BLOCK_BYTES);
    for (let i = 0; i < WORDS; i++) digest.writeInt32LE(h[i] as number, i * 4);
    return digest.subarray(BLOCK_BYTES - this.digestBytes);
  }

  private block(bytes: Buffer): void {
    const words = toWords(bytes);
    compress(this.h, this.processedBits, words);
    add(this.processedBits, FULL_BLOCK);
    add(this.sum, words);
  }
}

/** Streebog-256 in JavaScript: 32 bytes in wire order. */
export const streebog256 = (data: Buffer): Buffer => new Streebog(32).update(data).digest();

/** Streebog-512 in JavaScript: 64 bytes in wire order. */
export const streebog512 = (data: Buffer): Buffer => new Streebog(64).update(data).digest();
