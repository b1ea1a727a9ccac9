/** GSM 03.38 basic characters; each takes one septet. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** GSM 03.38 extension characters; each takes two septets. */
const EXTENSION = new Set('\f^{}\\[~]|€');

/** How a text travels over the air. */
export interface Segmentation {
  readonly encoding: 'gsm7' | 'ucs2';
  readonly segments: number;
}

/** Septets of a text in the GSM default alphabet, or undefined when it does not fit the alphabet. */
function septetsOf(text: string): number | undefined {
  let septets = 0;
  for (const character of text) {
    if (BASIC.has(character)) septets += 1;
    else if (EXTENSION.has(character)) septets += 2;
    else return undefined;
  }
  return septets;
}

/** Counts segments: GSM7 160 alone or 153 per part, UCS2 70 alone or 67 per part. An empty text still takes one. */
export function segmentationOf(text: string): Segmentation {
  const septets = septetsOf(text);
  if (septets !== undefined) return { encoding: 'gsm7', segments: septets <= 160 ? 1 : Math.ceil(septets / 153) };
  return { encoding: 'ucs2', segments: text.length <= 70 ? 1 : Math.ceil(text.length / 67) };
}
