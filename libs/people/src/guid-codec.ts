import { keyFor, mix32, unmix32 } from './keyed-hash.js';

/** What a GUID of the population names; the place in the list is the tag inside the GUID. */
export const GUID_KINDS = ['person', 'employee', 'organisation', 'department', 'position'] as const;
export type GuidKind = (typeof GUID_KINDS)[number];

const HEX4: readonly string[] = Array.from({ length: 0x10000 }, (_, word) => word.toString(16).padStart(4, '0'));
const LENGTH = 36;
const TAG_AT = 15;

/**
 * Turns (kind, 32-bit number) into UUID text and back.
 *
 * Shape: `vvvvvvvv-cccc-4tcc-ccrr…`: v is the number under a keyed bijection, t the kind, the rest a keyed check of both,
 * so a GUID from elsewhere is recognised as foreign. The text is a valid version 4 UUID in lower case.
 */
export class GuidCodec {
  readonly #keys: readonly number[];
  readonly #checkKey: number;

  constructor(seed: string) {
    this.#keys = GUID_KINDS.map((kind) => keyFor(seed, `guid/${kind}`));
    this.#checkKey = keyFor(seed, 'guid/check');
  }

  /** @param value a whole number from 0 to 2^32 - 1 */
  encode(kind: GuidKind, value: number): string {
    return this.#encode(GUID_KINDS.indexOf(kind), value);
  }

  /** The kind and number inside, or undefined for text this codec could not have produced. Letter case is ignored. */
  decode(text: unknown): { kind: GuidKind; value: number } | undefined {
    if (typeof text !== 'string' || text.length !== LENGTH) return undefined;
    const guid = text.toLowerCase();
    const word = Number.parseInt(guid.slice(0, 8), 16);
    const tag = Number.parseInt(guid.charAt(TAG_AT), 16);
    const kind = GUID_KINDS[tag];
    if (kind === undefined || Number.isNaN(word)) return undefined;
    const value = (unmix32(word) ^ this.#keys[tag]!) >>> 0;
    return this.#encode(tag, value) === guid ? { kind, value } : undefined;
  }

  #encode(tag: number, value: number): string {
    const word = mix32(value ^ this.#keys[tag]!);
    const a = mix32(word ^ this.#checkKey ^ tag);
    const b = mix32(a + 0x9e3779b9);
    const c = mix32(b ^ word);
    const tagged = 0x4000 | (tag << 8) | (a & 0xff);
    const variant = 0x8000 | ((b >>> 16) & 0x3fff);
    // plain additions: a template literal converts each part first, which shows in the rate
    const head = HEX4[word >>> 16]! + HEX4[word & 0xffff]! + '-' + HEX4[a >>> 16]! + '-' + HEX4[tagged]! + '-';
    return head + HEX4[variant]! + '-' + HEX4[b & 0xffff]! + HEX4[c >>> 16]! + HEX4[c & 0xffff]!;
  }
}
