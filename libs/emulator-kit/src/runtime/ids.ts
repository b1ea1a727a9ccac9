import { randomBytes, randomUUID } from 'node:crypto';
import { Draw, hashText } from './random.js';

/** The only source of fresh identifiers. */
export abstract class Ids {
  /** UUID version 4, lower case. */
  abstract uuid(): string;
  /** `count` unpredictable bytes. */
  abstract bytes(count: number): Buffer;

  /** `digits` decimal digits, first one may be zero; used for one-time codes. */
  digits(digits: number): string {
    let text = '';
    // 250 is the largest multiple of ten in a byte: bytes above it would favour small digits.
    while (text.length < digits) for (const byte of this.bytes(digits * 2)) if (byte < 250) text += String(byte % 10);
    return text.slice(0, digits);
  }
}

/** Identifiers from the operating system's entropy. */
export class SystemIds extends Ids {
  uuid(): string {
    return randomUUID();
  }

  bytes(count: number): Buffer {
    return randomBytes(count);
  }
}

/** Reproducible identifiers for rehearsals and tests; never for secrets. */
export class SeededIds extends Ids {
  private readonly draw: Draw;

  constructor(seed: string) {
    super();
    this.draw = new Draw().aim(hashText(seed));
  }

  uuid(): string {
    const hex = this.bytes(16);
    hex[6] = (hex[6]! & 0x0f) | 0x40;
    hex[8] = (hex[8]! & 0x3f) | 0x80;
    const text = hex.toString('hex');
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => Math.floor(this.draw.next() * 256)));
  }
}
