import { createHash } from 'node:crypto';

/** UUID (version 5 form) fixed by a name: dictionaries have the same ids in every run and replica. */
export function stableId(...name: string[]): string {
  const hex = createHash('sha1')
    .update(`hrlink-reference/${name.join('/')}`)
    .digest('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}
