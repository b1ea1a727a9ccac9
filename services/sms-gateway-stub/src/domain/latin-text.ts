import { transliterate } from '@poligon/people';

const CYRILLIC = /[а-яё]/giu;

/** A text in Latin letters; everything that is not Cyrillic stays, capitals too. */
export function latinText(text: string): string {
  return text.replace(CYRILLIC, (letter) => {
    const latin = transliterate(letter);
    return letter === letter.toLowerCase() ? latin : latin.charAt(0).toUpperCase() + latin.slice(1);
  });
}
