import { septetsOf } from './gsm-alphabet.js';

/** How a text travels over the air. */
export interface Segmentation {
  readonly encoding: 'gsm7' | 'ucs2';
  readonly segments: number;
}

/** Characters of a part. */
const GSM_PART = 153;
const UCS2_PART = 67;

/** Counts segments: GSM7 160 alone or 153 per part, UCS2 70 alone or 67 per part. An empty text still takes one. */
export function segmentationOf(text: string): Segmentation {
  const septets = septetsOf(text);
  if (septets !== undefined) return { encoding: 'gsm7', segments: septets <= 160 ? 1 : Math.ceil(septets / GSM_PART) };
  return { encoding: 'ucs2', segments: text.length <= 70 ? 1 : Math.ceil(text.length / UCS2_PART) };
}

/** The number alone. A text of 70 characters takes one in either alphabet: at most 140 septets, or 70 characters of UCS2. */
export function segmentsOf(text: string): number {
  return text.length <= 70 ? 1 : segmentationOf(text).segments;
}

/** The parts a handset receives; an extension character or a surrogate pair is never split. */
export function partsOf(text: string): readonly string[] {
  const { encoding, segments } = segmentationOf(text);
  if (segments === 1) return [text];
  const limit = encoding === 'gsm7' ? GSM_PART : UCS2_PART;
  const weigh = (character: string) => (encoding === 'gsm7' ? (septetsOf(character) ?? 1) : character.length);
  const parts: string[] = [];
  let part = '';
  let weight = 0;
  for (const character of text) {
    if (weight + weigh(character) > limit) {
      parts.push(part);
      part = '';
      weight = 0;
    }
    part += character;
    weight += weigh(character);
  }
  return [...parts, part];
}
