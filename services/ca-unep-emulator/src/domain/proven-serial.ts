import { createHmac, timingSafeEqual } from 'node:crypto';

const RANDOM_BYTES = 8;
const PROOF_BYTES = 8;
/** Generations a serial number may be of: as many checks one question costs at most. */
export const MAX_GENERATIONS = 16;

/**
 * Serial numbers that prove by themselves who made them: eight random bytes and a keyed check value, which together look
 * random. Whether this authority issued a certificate, and with which of its keys, is then arithmetic, however many it has issued.
 */
export class ProvenSerials {
  /** @param secret known to this authority alone */
  constructor(private readonly secret: Buffer) {}

  /** Sixteen bytes, positive, the first one not zero. @param random eight random bytes */
  make(random: Buffer, generation: number): Buffer {
    const head = Buffer.from(random.subarray(0, RANDOM_BYTES));
    head[0] = head[0]! & 0x7f || 1;
    return Buffer.concat([head, this.proofOf(head, generation)]);
  }

  /** True for a serial number of a certificate issued by that generation. */
  isOwn(serial: Buffer, generation: number): boolean {
    if (serial.length !== RANDOM_BYTES + PROOF_BYTES) return false;
    const proof = this.proofOf(serial.subarray(0, RANDOM_BYTES), generation);
    return timingSafeEqual(serial.subarray(RANDOM_BYTES), proof);
  }

  /** Which generation issued the certificate; undefined for one of another authority. */
  generationOf(serial: Buffer): number | undefined {
    for (let generation = 1; generation <= MAX_GENERATIONS; generation += 1) {
      if (this.isOwn(serial, generation)) return generation;
    }
    return undefined;
  }

  private proofOf(head: Buffer, generation: number): Buffer {
    const hmac = createHmac('sha256', this.secret)
      .update(head)
      .update(Buffer.from([generation]));
    return hmac.digest().subarray(0, PROOF_BYTES);
  }
}
