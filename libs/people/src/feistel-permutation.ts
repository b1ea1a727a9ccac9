import { mix32 } from './keyed-hash.js';

const ROUNDS = 6;

/**
 * A keyed bijection of the whole numbers below `highSize * lowSize` onto themselves, and its inverse.
 *
 * The number is split into two digits of bases `highSize` and `lowSize`; each round adds to one digit a keyed hash of
 * the other, modulo its base, so every round, and the whole, can be undone. No cycle walking, no tables.
 */
export class FeistelPermutation {
  readonly size: number;
  readonly #roundKeys: Int32Array;

  /** @param key any 32-bit word; sizes are positive and at most 65,536 each */
  constructor(
    private readonly highSize: number,
    private readonly lowSize: number,
    key: number,
  ) {
    this.size = highSize * lowSize;
    this.#roundKeys = Int32Array.from({ length: ROUNDS }, (_, round) => mix32(key + Math.imul(round + 1, 0x9e3779b9)));
  }

  /** @param value a whole number from 0 to `size - 1`; others are the caller's defect */
  encode(value: number): number {
    const { highSize, lowSize } = this;
    const keys = this.#roundKeys;
    let low = value % lowSize;
    let high = (value - low) / lowSize;
    for (let round = 0; round < ROUNDS; round += 2) {
      high += mix32(low ^ keys[round]!) % highSize;
      if (high >= highSize) high -= highSize;
      low += mix32(high ^ keys[round + 1]!) % lowSize;
      if (low >= lowSize) low -= lowSize;
    }
    return high * lowSize + low;
  }

  /** The value that `encode` turns into this one. */
  decode(value: number): number {
    const { highSize, lowSize } = this;
    const keys = this.#roundKeys;
    let low = value % lowSize;
    let high = (value - low) / lowSize;
    for (let round = ROUNDS - 2; round >= 0; round -= 2) {
      low -= mix32(high ^ keys[round + 1]!) % lowSize;
      if (low < 0) low += lowSize;
      high -= mix32(low ^ keys[round]!) % highSize;
      if (high < 0) high += highSize;
    }
    return high * lowSize + low;
  }
}
