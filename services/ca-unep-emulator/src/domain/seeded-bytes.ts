import { createHmac } from 'node:crypto';
import type { RandomBytes } from '@poligon/pki';

const BLOCK_BYTES = 32;

/** The same bytes after every start with the same seed: for stands that must have the same keys again, never for secrets. */
export function seededBytes(seed: string): RandomBytes {
  let counter = 0;
  return (size) => {
    const blocks = Array.from({ length: Math.ceil(size / BLOCK_BYTES) }, () =>
      createHmac('sha256', seed).update(`${counter++}`).digest(),
    );
    return Buffer.concat(blocks).subarray(0, size);
  };
}
