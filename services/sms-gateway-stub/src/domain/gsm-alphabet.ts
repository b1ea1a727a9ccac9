/** GSM 03.38 basic characters by septet; ESC (0x1B) announces the extension table. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Extension characters by the septet after ESC. */
const EXTENSION: Readonly<Record<number, string>> = {
  0x0a: '\f',
  0x14: '^',
  0x28: '{',
  0x29: '}',
  0x2f: '\\',
  0x3c: '[',
  0x3d: '~',
  0x3e: ']',
  0x40: '|',
  0x65: '€',
};
const ESC = 0x1b;

const BASIC_CODES = new Map([...BASIC].map((character, code) => [character, code]));
BASIC_CODES.delete('\u001b');
const EXTENSION_CODES = new Map(Object.entries(EXTENSION).map(([code, character]) => [character, Number(code)]));

/** Septets by UTF-16 unit, 0 for a character the alphabet lacks: texts are weighed by the ten thousand a second. */
const COSTS = new Uint8Array(0x20ad);
for (const character of BASIC_CODES.keys()) COSTS[character.charCodeAt(0)] = 1;
for (const character of EXTENSION_CODES.keys()) COSTS[character.charCodeAt(0)] = 2;

/** Octets of the alphabet that stand for themselves in ASCII. */
const IS_ASCII = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(code !== ESC && BASIC[code]?.charCodeAt(0) === code),
);

/** True when the octets in the range read the same in the default alphabet and in ASCII. */
export function isPlainAscii(octets: Uint8Array, from = 0, to = octets.length): boolean {
  for (let at = from; at < to; at += 1) if (IS_ASCII[octets[at]!] === 0) return false;
  return true;
}

/** Septets of a text in the GSM default alphabet, or undefined when it does not fit the alphabet. */
export function septetsOf(text: string): number | undefined {
  let septets = 0;
  for (let at = 0; at < text.length; at += 1) {
    const cost = COSTS[text.charCodeAt(at)] ?? 0;
    if (cost === 0) return undefined;
    septets += cost;
  }
  return septets;
}

/** One octet per septet, as SMPP carries the default alphabet; a character outside it becomes `?`. */
export function gsmEncoded(text: string): Buffer {
  const octets: number[] = [];
  for (const character of text) {
    const basic = BASIC_CODES.get(character);
    const extension = basic === undefined ? EXTENSION_CODES.get(character) : undefined;
    if (extension !== undefined) octets.push(ESC, extension);
    else octets.push(basic ?? 0x3f);
  }
  return Buffer.from(octets);
}

/** Reads octets of the default alphabet; an unknown extension shows its basic character, as GSM 03.38 asks. */
export function gsmDecoded(octets: Uint8Array): string {
  if (Buffer.isBuffer(octets) && isPlainAscii(octets)) return octets.toString('latin1');
  let text = '';
  for (let at = 0; at < octets.length; at += 1) {
    const code = octets[at]! & 0x7f;
    if (code !== ESC) {
      text += BASIC[code]!;
      continue;
    }
    at += 1;
    if (at < octets.length) text += EXTENSION[octets[at]!] ?? BASIC[octets[at]! & 0x7f]!;
  }
  return text;
}
