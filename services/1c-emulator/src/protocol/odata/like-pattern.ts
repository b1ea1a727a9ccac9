/** One place of a pattern: any text, any character, or one of a set. */
type Place = '%' | '_' | { readonly letters: string; readonly isNegated: boolean };

/** ПОДОБНО of 1C's queries: `%` any text, `_` any character, `[abc]` one of, `[^abc]` none of. Linear in text times pattern. */
export function likePattern(pattern: string): (text: string) => boolean {
  const places = placesOf(pattern.toLowerCase());
  return (text) => isLike(text.toLowerCase(), places);
}

function placesOf(pattern: string): Place[] {
  const places: Place[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const sign = pattern.charAt(at);
    const close = sign === '[' ? pattern.indexOf(']', at + 1) : -1;
    if (sign === '%' || sign === '_') places.push(sign);
    else if (close > 0) {
      const isNegated = pattern.charAt(at + 1) === '^';
      places.push({ letters: pattern.slice(at + (isNegated ? 2 : 1), close), isNegated });
      at = close;
    } else places.push({ letters: sign, isNegated: false });
  }
  return places;
}

function isLike(text: string, places: readonly Place[]): boolean {
  let [at, place] = [0, 0];
  let [starPlace, starAt] = [-1, 0];
  while (at < text.length) {
    const wanted = places[place];
    if (wanted === '%') {
      [starPlace, starAt] = [place, at];
      place += 1;
    } else if (wanted !== undefined && fits(wanted, text.charAt(at))) {
      at += 1;
      place += 1;
    } else if (starPlace >= 0) {
      starAt += 1;
      [at, place] = [starAt, starPlace + 1];
    } else return false;
  }
  return places.slice(place).every((rest) => rest === '%');
}

function fits(place: Exclude<Place, '%'>, letter: string): boolean {
  return place === '_' || place.letters.includes(letter) !== place.isNegated;
}
