const FIRST_CYRILLIC = 0x410;
const LAST_CYRILLIC = 0x44f;
const FIRST_BYTE = 0xc0;
/** Characters of windows-1251 beside the Russian alphabet's run. */
const OTHERS: Readonly<Record<string, number>> = { Ё: 0xa8, ё: 0xb8, '«': 0xab, '»': 0xbb, '—': 0x97, '№': 0xb9 };
const UNKNOWN = 0x3f;

/** Text in windows-1251; what it does not have becomes a question mark. */
export function cp1251(text: string): Buffer {
  return Buffer.from(Array.from(text, byteOf));
}

function byteOf(sign: string): number {
  const code = sign.codePointAt(0)!;
  if (code < 0x80) return code;
  if (code >= FIRST_CYRILLIC && code <= LAST_CYRILLIC) return code - FIRST_CYRILLIC + FIRST_BYTE;
  return OTHERS[sign] ?? UNKNOWN;
}
