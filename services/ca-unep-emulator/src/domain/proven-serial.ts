import { createHmac, timingSafeEqual } from 'node:crypto';

const RANDOM_BYTES = 8;
const PROOF_BYTES = 8;

/**
 * Serial numbers that prove by themselves who made them: eight random bytes and a keyed check value, which together look
 * random. Whether this authority issued a certificate is then arithmetic, however many it has issued.
 */
export class ProvenSerials {
  /** @param secret known to this authority alone */
  constructor(private readonly secret: Buffer) {}

  /** Sixteen bytes, positive, the first one not zero. @param random eight random bytes */
  make(random: Buffer): Buffer {
    const head = Buffer.from(random.subarray(0, RANDOM_BYTES));
    head[0] = head[0]! & 0x7f || 1;
    return Buffer.concat([head, this.proofOf(head)]);
  }

  isOwn(serial: Buffer): boolean {
    if (serial.length !== RANDOM_BYTES + PROOF_BYTES) return false;
    return timingSafeEqual(serial.subarray(RANDOM_BYTES), this.proofOf(serial.subarray(0, RANDOM_BYTES)));
  }

  private proofOf(head: Buffer): Buffer {
    return createHmac('sha256', this.secret).update(head).digest().subarray(0, PROOF_BYTES);
  }
}
